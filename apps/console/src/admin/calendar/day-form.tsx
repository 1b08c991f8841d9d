import { type CalendarDay, readCalendar, saveDay } from '@wangge/incidents/contract';
import { clockTexts, shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { Form, Input, Modal, Radio } from 'antd';
import { FormProblem } from '../../common/form-problem.tsx';
import { readSegments, segmentsText } from './segments.ts';

interface Fields {
  kind: 'none' | 'off' | 'work';
  name?: string;
  hours?: string;
}

/** What the town does on one day, or that it does as published. */
export function DayForm({ day, known, onClose }: { day: string; known: CalendarDay | null; onClose: () => void }) {
  const t = useTexts(clockTexts).calendar;
  const shell = useTexts(shellTexts);
  const [form] = Form.useForm<Fields>();
  const kind = Form.useWatch('kind', form);
  const save = useSend(saveDay, [readCalendar]);
  const submit = (fields: Fields): void =>
    save.mutate(
      {
        params: { day },
        body: {
          rule:
            fields.kind === 'none'
              ? null
              : {
                  kind: fields.kind,
                  name: fields.name ?? '',
                  segments: fields.kind === 'work' ? readSegments(fields.hours ?? '') : null,
                },
        },
      },
      { onSuccess: onClose },
    );
  return (
    <Modal
      open
      title={t.dayTitle(day)}
      okText={shell.save}
      cancelText={shell.cancel}
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={440}
    >
      <FormProblem error={save.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={{
          kind: known?.own === true ? known.kind : 'none',
          name: known?.own === true ? known.name : '',
          hours: known?.own === true ? segmentsText(known.segments ?? []) : '',
        }}
      >
        <Form.Item name="kind" label={t.kind}>
          <Radio.Group
            options={(['none', 'off', 'work'] as const).map((value) => ({ value, label: t.kinds[value] }))}
          />
        </Form.Item>
        {kind === undefined || kind === 'none' ? null : (
          <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: shell.required }]}>
            <Input maxLength={60} />
          </Form.Item>
        )}
        {kind === 'work' ? (
          <Form.Item
            name="hours"
            label={t.hours}
            extra={t.segmentsHint}
            rules={[
              {
                validator: (_, value: string | undefined) =>
                  readSegments(value ?? '') === null ? Promise.reject(new Error(t.segmentsWrong)) : Promise.resolve(),
              },
            ]}
          >
            <Input maxLength={100} />
          </Form.Item>
        ) : null}
      </Form>
    </Modal>
  );
}
