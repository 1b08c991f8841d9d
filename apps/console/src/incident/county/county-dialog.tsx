import { newId } from '@wangge/contract-kit';
import { enterCountyAnswer, getIncident, listReferrals, readClocks, sendToCounty } from '@wangge/incidents/contract';
import { countyTexts, shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { App, Checkbox, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import { PhotoField } from '../../common/photo-field.tsx';

interface Fields {
  text: string;
  pauses?: boolean;
  person?: string;
  no?: string;
  day?: string;
  photoIds?: string[];
}
interface Props {
  readonly incidentId: string;
  readonly deed: 'send' | 'enter';
  readonly onClose: () => void;
}
const filled = (value: string | undefined): string | undefined => (value?.trim() ? value.trim() : undefined);

/** Sends it up with what is asked, or enters what came back, with its paper and the person. */
export function CountyDialog({ incidentId, deed, onClose }: Props) {
  const t = useTexts(countyTexts);
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  // The same for each try, so that a lost answer cannot do it twice.
  const [clientKey] = useState(newId);
  const shown = [listReferrals, getIncident, readClocks];
  const send = useSend(sendToCounty, shown);
  const enter = useSend(enterCountyAnswer, shown);
  const sending = deed === 'send' ? send : enter;
  const submit = ({ text, pauses = true, person = '', photoIds = [], ...more }: Fields): void => {
    const params = { id: incidentId };
    const onSuccess = (): void => {
      void message.success(deed === 'send' ? t.done : t.got);
      onClose();
    };
    if (deed === 'send') return send.mutate({ params, body: { clientKey, asked: text, pauses } }, { onSuccess });
    const documentNo = filled(more.no);
    const documentDay = filled(more.day);
    const paper = {
      ...(documentNo === undefined ? {} : { documentNo }),
      ...(documentDay === undefined ? {} : { documentDay }),
    };
    enter.mutate({ params, body: { clientKey, answer: text, answeredBy: person, photoIds, ...paper } }, { onSuccess });
  };
  const required = { required: true, whitespace: true, message: shell.required };
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={deed === 'send' ? t.sendTitle : t.enterTitle}
      okText={shell.confirm}
      cancelText={shell.cancel}
      confirmLoading={sending.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={480}
    >
      <FormProblem error={sending.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ pauses: true }}
        onFinish={submit}
      >
        <Form.Item name="text" label={deed === 'send' ? t.asked : t.answer} rules={[required]}>
          <Input.TextArea maxLength={deed === 'send' ? 1000 : 2000} autoSize={{ minRows: 3, maxRows: 8 }} />
        </Form.Item>
        {deed === 'send' ? (
          <Form.Item name="pauses" valuePropName="checked">
            <Checkbox>{t.pauses}</Checkbox>
          </Form.Item>
        ) : (
          <>
            <Form.Item name="person" label={t.person} rules={[required]}>
              <Input maxLength={60} placeholder={t.personHint} />
            </Form.Item>
            <div className="whistle-numbers">
              <Form.Item name="no" label={t.no}>
                <Input maxLength={60} />
              </Form.Item>
              <Form.Item name="day" label={t.day}>
                <Input type="date" />
              </Form.Item>
            </div>
            <Form.Item name="photoIds" label={t.photos}>
              <PhotoField />
            </Form.Item>
          </>
        )}
      </Form>
    </Modal>
  );
}
