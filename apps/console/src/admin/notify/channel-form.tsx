import {
  channelKindNames,
  channelKinds,
  chatKinds,
  createChannel,
  listChannels,
  messageKindNames,
  messageKinds,
  updateChannel,
  type ChannelKind,
  type MessageKind,
  type NotifyChannel,
} from '@wangge/notify/contract';
import { notifyAdminTexts, shellTexts } from '@wangge/texts/console';
import { usePick, useSend, useTexts } from '@wangge/ui';
import { App, Checkbox, Form, Input, InputNumber, Modal, Select, Switch } from 'antd';
import { focusFirstField } from '../../common/focus-first.ts';
import { FormProblem } from '../../common/form-problem.tsx';
import { settingsFrom, type SettingFields } from './setting-fields.ts';

interface Fields extends SettingFields {
  kind: ChannelKind;
  name: string;
  enabled: boolean;
  kinds?: MessageKind[];
}
const chats: readonly string[] = chatKinds;

/** A way out; what is secret is typed in and never shown again. */
export function ChannelForm({ channel, onClose }: { channel: NotifyChannel | null; onClose: () => void }) {
  const t = useTexts(notifyAdminTexts);
  const shell = useTexts(shellTexts);
  const pick = usePick();
  const { message } = App.useApp();
  const [form] = Form.useForm<Fields>();
  const create = useSend(createChannel, [listChannels]);
  const update = useSend(updateChannel, [listChannels]);
  const kind = Form.useWatch('kind', form) ?? channel?.kind ?? 'sms';
  const done = {
    onSuccess: () => {
      void message.success(t.saved);
      onClose();
    },
  };
  const submit = (fields: Fields): void => {
    const body = {
      name: fields.name,
      enabled: fields.enabled,
      kinds: fields.kinds ?? [],
      settings: settingsFrom(fields),
    };
    if (channel) update.mutate({ params: { id: channel.id }, body }, done);
    else create.mutate({ body: { kind: fields.kind, ...body } }, done);
  };
  const has = (secret: 'url' | 'key' | 'password'): boolean => channel?.has.includes(secret) ?? false;
  const kept = (secret: 'url' | 'key' | 'password') => (has(secret) ? { placeholder: t.keep } : {});
  const needed = [{ required: true, message: shell.required }];
  return (
    <Modal
      open
      afterOpenChange={focusFirstField}
      title={channel ? t.edit : t.add}
      okText={shell.save}
      cancelText={shell.cancel}
      confirmLoading={create.isPending || update.isPending}
      onCancel={onClose}
      onOk={() => form.submit()}
    >
      <FormProblem error={create.error ?? update.error} />
      <Form<Fields>
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={submit}
        initialValues={
          channel
            ? {
                kind: channel.kind,
                name: channel.name,
                enabled: channel.enabled,
                kinds: channel.kinds,
                ...channel.shown,
              }
            : { kind: 'sms', enabled: true, security: 'starttls', kinds: ['deadline', 'supervision'] }
        }
      >
        <Form.Item name="kind" label={t.kind}>
          <Select
            disabled={channel !== null}
            options={channelKindNames.map((value) => ({ value, label: pick(channelKinds[value]) }))}
          />
        </Form.Item>
        <Form.Item name="name" label={t.name} rules={[{ required: true, whitespace: true, message: shell.required }]}>
          <Input maxLength={60} autoComplete="off" />
        </Form.Item>
        {kind === 'email' ? (
          <>
            <Form.Item name="host" label={t.host} rules={needed}>
              <Input maxLength={200} autoComplete="off" />
            </Form.Item>
            <Form.Item name="port" label={t.port}>
              <InputNumber min={1} max={65_535} />
            </Form.Item>
            <Form.Item name="security" label={t.security}>
              <Select
                options={(['tls', 'starttls', 'none'] as const).map((value) => ({ value, label: t.secure[value] }))}
              />
            </Form.Item>
            <Form.Item name="from" label={t.from} rules={needed}>
              <Input maxLength={200} autoComplete="off" />
            </Form.Item>
            <Form.Item name="user" label={t.user}>
              <Input maxLength={200} autoComplete="off" />
            </Form.Item>
            <Form.Item name="password" label={t.password}>
              <Input.Password maxLength={500} autoComplete="new-password" {...kept('password')} />
            </Form.Item>
          </>
        ) : (
          <>
            <Form.Item name="url" label={t.url} rules={has('url') ? [] : needed}>
              <Input maxLength={1000} autoComplete="off" inputMode="url" {...kept('url')} />
            </Form.Item>
            {kind === 'wecom' ? null : (
              <Form.Item name="key" label={t.key[kind]} {...(channel ? { extra: t.movedNote } : {})}>
                <Input.Password maxLength={500} autoComplete="new-password" {...kept('key')} />
              </Form.Item>
            )}
          </>
        )}
        {chats.includes(kind) ? (
          <Form.Item name="kinds" label={t.kinds}>
            <Checkbox.Group options={messageKindNames.map((value) => ({ value, label: pick(messageKinds[value]) }))} />
          </Form.Item>
        ) : null}
        <Form.Item name="enabled" label={t.enabled} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Form>
    </Modal>
  );
}
