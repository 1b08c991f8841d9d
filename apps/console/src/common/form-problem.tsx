import type { CallError } from '@wangge/client';
import { usePick } from '@wangge/ui';
import { Alert } from 'antd';

/** Why a form was not taken: the server's sentence, and the field it names. */
export function FormProblem({ error }: { error: CallError | null }) {
  const pick = usePick();
  if (!error) return null;
  return (
    <Alert
      type="error"
      role="alert"
      className="gap"
      showIcon
      title={error.field ? `${pick(error.text)}（${error.field}）` : pick(error.text)}
    />
  );
}
