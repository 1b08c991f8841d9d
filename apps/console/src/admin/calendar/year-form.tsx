import { readCalendar, saveYear } from '@wangge/incidents/contract';
import { clockTexts, shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { App, Form, Input, Modal } from 'antd';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import { readOff, readWork } from './read-year.ts';

interface Fields {
  source: string;
  off: string;
  work?: string;
}

/** Enters the notice of a year. */
export function YearForm({ year, onClose }: { year: number; onClose: () => void }) {
  const t = useTexts(clockTexts).calendar;
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const save = useSend(saveYear, [readCalendar]);
  const submit = ({ source, off, work = '' }: Fields): void => {
    const days = readOff(off);
    const made = readWork(work);
    if ('wrong' in days || 'wrong' in made) return;
    save.mutate(
      { params: { year }, body: { source, ...days, ...made } },
      {
        onSuccess: () => {
          void message.success(shell.saved);
          onClose();
        },
      },
    );
  };
  const readable = (read: (text: string) => object) => ({
    validator: (_: unknown, value: string | undefined) => {
      const result = read(value ?? '');
      return 'wrong' in result ? Promise.reject(new Error(t.rowWrong(String(result.wrong)))) : Promise.resolve();
    },
  });
  const needed = { required: true, whitespace: true, message: shell.required };
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={t.enter(year)}
      okText={shell.save}
      cancelText={shell.cancel}
      confirmLoading={save.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <FormProblem error={save.error} />
      <Form<Fields> form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item name="source" label={t.source} rules={[needed]}>
          <Input maxLength={200} />
        </Form.Item>
        <Form.Item name="off" label={t.offField} rules={[needed, readable(readOff)]}>
          <Input.TextArea rows={7} placeholder={t.offHint} maxLength={4000} />
        </Form.Item>
        <Form.Item name="work" label={t.workField} rules={[readable(readWork)]}>
          <Input.TextArea rows={2} maxLength={1000} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
