import { newId } from '@wangge/contract-kit';
import { dropPart, listOrders, type Order } from '@wangge/dispatch/contract';
import { getIncident, listIncidents } from '@wangge/incidents/contract';
import { partTexts, shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { App, Form, Input, Modal } from 'antd';
import { useState } from 'react';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';

/** Does without a part that came back; with a reason. */
export function DropDialog({ order, onClose }: { order: Order; onClose: () => void }) {
  const t = useTexts(partTexts);
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const [form] = Form.useForm<{ reason: string }>();
  const [{ clientKey, version }] = useState(() => ({ clientKey: newId(), version: order.version }));
  const drop = useSend(dropPart, [listOrders, getIncident, listIncidents]);
  const submit = ({ reason }: { reason: string }): void =>
    drop.mutate(
      { params: { id: order.id }, body: { version, clientKey, reason } },
      {
        onSuccess: () => {
          void message.success(t.dropped);
          onClose();
        },
      },
    );
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={t.dropTitle(order.partyName)}
      okText={shell.confirm}
      cancelText={shell.cancel}
      confirmLoading={drop.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
      width={440}
    >
      <FormProblem error={drop.error} />
      <Form form={form} layout="vertical" requiredMark={false} onFinish={submit}>
        <Form.Item
          name="reason"
          label={t.reason}
          rules={[{ required: true, whitespace: true, message: shell.required }]}
        >
          <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 6 }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
