import { newId } from '@wangge/contract-kit';
import { decideWhistle, listOrders, listWhistles, soundWhistle, type Whistle } from '@wangge/dispatch/contract';
import { getIncident } from '@wangge/incidents/contract';
import { listDepartments } from '@wangge/staff/contract';
import { shellTexts, whistleTexts } from '@wangge/texts/console';
import { useCall, useSend, useTexts } from '@wangge/ui';
import { App, Form, Input, InputNumber, Modal, Select } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';

interface Fields {
  departmentIds: string[];
  limitMin: number;
  radiusM: number;
  meetingPoint?: string;
  task?: string;
}
interface Props {
  readonly incidentId: string;
  readonly whistles: readonly Whistle[];
  /** What somebody asked for, to be granted by this. */
  readonly request: Whistle | null;
  readonly onClose: () => void;
}
const text = (value: string | undefined): string | undefined => (value?.trim() ? value.trim() : undefined);

/** Whom to call, within how many minutes, how near counts as here. */
export function SoundDialog({ incidentId, whistles, request, onClose }: Props) {
  const t = useTexts(whistleTexts);
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  // The same for each try, so that a lost answer cannot do it twice.
  const [clientKey] = useState(newId);
  const departments = useCall(listDepartments, {});
  const shown = [listWhistles, listOrders, getIncident];
  const sound = useSend(soundWhistle, shown);
  const decide = useSend(decideWhistle, shown);
  const sending = request ? decide : sound;
  const awaited = new Set(
    whistles.filter((each) => each.state === 'sounded').flatMap((each) => each.calls.map((call) => call.departmentId)),
  );
  const submit = ({ departmentIds, limitMin, radiusM, ...more }: Fields): void => {
    const meetingPoint = text(more.meetingPoint);
    const task = text(more.task);
    const terms = {
      clientKey,
      departmentIds,
      limitMin,
      radiusM,
      ...(meetingPoint === undefined ? {} : { meetingPoint }),
      ...(task === undefined ? {} : { task }),
    };
    const onSuccess = (): void => {
      void message.success(t.form.sounded);
      onClose();
    };
    if (request) decide.mutate({ params: { id: request.id }, body: { granted: true, ...terms } }, { onSuccess });
    else sound.mutate({ params: { id: incidentId }, body: terms }, { onSuccess });
  };
  const required = { required: true, message: shell.required };
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={t.panel.soundTitle}
      okText={t.panel.sound}
      cancelText={shell.cancel}
      confirmLoading={sending.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={480}
    >
      <FormProblem error={sending.error ?? departments.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ limitMin: 30, radiusM: 200 }}
        onFinish={submit}
      >
        <Form.Item name="departmentIds" label={t.form.departments} rules={[required]}>
          <Select
            mode="multiple"
            maxCount={20}
            optionFilterProp="label"
            loading={departments.isPending}
            options={(departments.data?.departments ?? []).map(({ id, name }) => ({
              value: id,
              label: name,
              disabled: awaited.has(id),
            }))}
          />
        </Form.Item>
        <div className="whistle-numbers">
          <Form.Item name="limitMin" label={t.form.limit} rules={[required]}>
            <InputNumber min={1} max={1440} precision={0} />
          </Form.Item>
          <Form.Item name="radiusM" label={t.form.radius} rules={[required]}>
            <InputNumber min={20} max={5000} precision={0} />
          </Form.Item>
        </div>
        <Form.Item name="meetingPoint" label={t.form.meeting}>
          <Input maxLength={200} placeholder={t.form.meetingHint} />
        </Form.Item>
        <Form.Item name="task" label={t.form.task} extra={t.form.taskHint}>
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
