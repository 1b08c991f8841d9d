import { shellTexts, videoCameraTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Form, Input, InputNumber, Radio, Select } from 'antd';
import type { CameraFields } from './camera-fields.ts';

const kinds = ['rtsp', 'onvif', 'gb28181'] as const;
const transports = ['tcp-passive', 'tcp-active', 'udp'] as const;
/** A password in an address ends up in lists and logs. */
const rtsp = /^rtsp:\/\/[^@/]+(\/.*)?$/;

/** How a camera is reached; what was saved as password never comes back. */
export function SourceFields({ hasPassword }: { hasPassword: boolean }) {
  const t = useTexts(videoCameraTexts);
  const shell = useTexts(shellTexts);
  const kind = Form.useWatch<CameraFields['kind']>('kind');
  const needed = { required: true, message: shell.required };
  const digits = { pattern: /^\d{20}$/, message: t.idWrong };
  return (
    <>
      <Form.Item name="kind" label={t.source}>
        <Radio.Group options={kinds.map((value) => ({ value, label: t.sourceKinds[value] }))} />
      </Form.Item>
      <div className="video-fields">
        {kind === 'rtsp' ? (
          <>
            <Form.Item
              name="mainUrl"
              label={t.mainUrl}
              className="video-wide"
              rules={[needed, { pattern: rtsp, message: t.urlWrong }]}
            >
              <Input maxLength={500} placeholder="rtsp://10.0.3.8/ch1" />
            </Form.Item>
            <Form.Item
              name="subUrl"
              label={t.subUrl}
              className="video-wide"
              rules={[{ pattern: rtsp, message: t.urlWrong }]}
            >
              <Input maxLength={500} />
            </Form.Item>
          </>
        ) : null}
        {kind === 'onvif' ? (
          <>
            <Form.Item name="host" label={t.host} rules={[needed]}>
              <Input maxLength={253} />
            </Form.Item>
            <Form.Item name="port" label={t.port} rules={[needed]}>
              <InputNumber min={1} max={65_535} />
            </Form.Item>
            <Form.Item name="mainProfile" label={t.mainProfile} extra={t.profileHint}>
              <Input maxLength={100} />
            </Form.Item>
            <Form.Item name="subProfile" label={t.subProfile} extra={t.profileHint}>
              <Input maxLength={100} />
            </Form.Item>
          </>
        ) : null}
        {kind === 'gb28181' ? (
          <>
            <Form.Item name="deviceId" label={t.deviceId} rules={[needed, digits]}>
              <Input maxLength={20} inputMode="numeric" />
            </Form.Item>
            <Form.Item name="channelId" label={t.channelId} rules={[needed, digits]}>
              <Input maxLength={20} inputMode="numeric" />
            </Form.Item>
            <Form.Item name="transport" label={t.transport}>
              <Select options={transports.map((value) => ({ value, label: t.transports[value] }))} />
            </Form.Item>
          </>
        ) : (
          <>
            <Form.Item name="user" label={t.user}>
              <Input maxLength={100} autoComplete="off" />
            </Form.Item>
            <Form.Item name="password" label={t.password} extra={hasPassword ? t.passwordKept : null}>
              <Input.Password maxLength={200} autoComplete="new-password" />
            </Form.Item>
          </>
        )}
      </div>
    </>
  );
}
