import type { CallError } from '@wangge/client';
import { shellTexts } from '@wangge/texts/console';
import { usePick, useTexts } from '@wangge/ui';
import { Alert } from 'antd';

/** Why a form was not taken: the server's sentence, the field it names, and what is wrong in which rows. */
export function FormProblem({ error }: { error: CallError | null }) {
  const t = useTexts(shellTexts);
  const pick = usePick();
  if (!error) return null;
  const { line, column, problem, rows } = error.details;
  const facts = [
    typeof line === 'number' ? t.line(line) : '',
    typeof column === 'string' ? column : '',
    typeof problem === 'string' ? problem : '',
    Array.isArray(rows) ? rows.slice(0, 20).map(String).join('、') : '',
  ].filter((fact) => fact !== '');
  return (
    <Alert
      type="error"
      role="alert"
      className="gap"
      showIcon
      title={error.field ? `${pick(error.text)}（${error.field}）` : pick(error.text)}
      {...(facts.length > 0 ? { description: facts.join(' · ') } : {})}
    />
  );
}
