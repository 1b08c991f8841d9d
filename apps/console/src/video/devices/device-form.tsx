import { shellTexts, videoRecordTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { type GbDevice, listGbDevices, saveGbDevice } from '@wangge/video/contract';
import { Form, Input, Modal } from 'antd';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';

interface Fields {
  deviceId: string;
  name: string;
  password?: string;
}

/** Lets a device register; its password goes in and never comes back. */
export function DeviceForm({ device, onClose }: { device: GbDevice | null; onClose: () => void }) {
  const t = useTexts(videoRecordTexts);
  const shell = useTexts(shellTexts);
  const [form] = Form.useForm<Fields>();
  const save = useSend(saveGbDevice, [listGbDevices]);
  const needed = { required: true, message: shell.required };
  return (
    <Modal
      open
      title={device ? t.editDevice : t.addDevice}
      okText={shell.save}
      cancelText={shell.cancel}
      confirmLoading={save.isPending}
      afterOpenChange={focusFirstField}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <FormProblem error={save.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        initialValues={{ deviceId: device?.deviceId ?? '', name: device?.name ?? '', password: '' }}
        onFinish={({ deviceId, name, password = '' }) =>
          save.mutate(
            { params: { id: deviceId }, body: { name, ...(password === '' ? {} : { password }) } },
            { onSuccess: onClose },
          )
        }
      >
        <Form.Item name="deviceId" label={t.deviceId} rules={[needed, { pattern: /^\d{20}$/, message: t.idWrong }]}>
          <Input maxLength={20} inputMode="numeric" disabled={device !== null} />
        </Form.Item>
        <Form.Item name="name" label={t.name} rules={[{ ...needed, whitespace: true }]}>
          <Input maxLength={60} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t.password}
          extra={device ? t.passwordKept : null}
          rules={[...(device ? [] : [needed]), { min: 6, message: t.passwordShort }]}
        >
          <Input.Password maxLength={64} autoComplete="new-password" />
        </Form.Item>
      </Form>
    </Modal>
  );
}
