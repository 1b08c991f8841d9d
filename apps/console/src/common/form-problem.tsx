import type { CallError } from '@wangge/client';
import { importTexts } from '@wangge/texts/console';
import { useLang, usePick, useTexts } from '@wangge/ui';
import { Alert } from 'antd';
import { rowProblems } from './row-problems.ts';

/** Fields of no form: what was sent was a file. */
const files = new Set(['csv', 'geojson']);

/** Why a form was not taken: the server's sentence, the field it names, and what is wrong in which rows. */
export function FormProblem({ error }: { error: CallError | null }) {
  const t = useTexts(importTexts);
  const { lang } = useLang();
  const pick = usePick();
  if (!error) return null;
  const rows = rowProblems(error, t, lang);
  const field = error.field && rows.length === 0 && !files.has(error.field) ? ` · ${error.field}` : '';
  return (
    <Alert
      type="error"
      role="alert"
      className="gap"
      showIcon
      title={`${pick(error.text)}${field}`}
      {...(rows.length > 0
        ? {
            description: (
              <ul className="row-problems">
                {rows.map((row) => (
                  <li key={row}>{row}</li>
                ))}
              </ul>
            ),
          }
        : {})}
    />
  );
}
