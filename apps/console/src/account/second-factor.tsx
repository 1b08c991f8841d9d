import { enrolSecondFactor } from '@wangge/staff/contract';
import { shellTexts } from '@wangge/texts/console';
import { useSend, useTexts } from '@wangge/ui';
import { Button, Form, Input } from 'antd';
import { FormProblem } from '../common/form-problem.tsx';
import { QrCode } from './qr-code.tsx';

/** Two steps: the server gives a secret, the app's code proves that it was taken over. */
export function SecondFactor({ onDone }: { onDone: () => void }) {
  const t = useTexts(shellTexts).factor;
  const start = useSend(enrolSecondFactor);
  const finish = useSend(enrolSecondFactor);
  const uri = start.data?.uri ?? null;
  if (uri === null)
    return (
      <>
        <FormProblem error={start.error} />
        <p>{t.off}</p>
        <Button type="primary" loading={start.isPending} onClick={() => start.mutate({ body: {} })}>
          {t.start}
        </Button>
      </>
    );
  const secret = new URL(uri).searchParams.get('secret') ?? '';
  return (
    <div className="narrow">
      <p>{t.scan}</p>
      <QrCode text={uri} label={t.qr} />
      <p>
        {t.secret} <code className="secret">{secret.replace(/(.{4})/g, '$1 ').trim()}</code>
      </p>
      <FormProblem error={finish.error} />
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={({ totp }: { totp: string }) => finish.mutate({ body: { totp } }, { onSuccess: onDone })}
      >
        <Form.Item name="totp" label={t.code} rules={[{ required: true, pattern: /^[0-9]{6}$/ }]}>
          <Input autoComplete="one-time-code" inputMode="numeric" maxLength={6} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={finish.isPending}>
          {t.submit}
        </Button>
      </Form>
    </div>
  );
}
