import { exportTexts } from '@wangge/texts/console';
import { useLang, usePick, useTexts } from '@wangge/ui';
import { Alert } from 'antd';
import type { ExportState } from './use-export.ts';

/** How far a file is, or why there is none. How long it will be is not known before it is whole. */
export function ExportProgress({ state }: { state: ExportState }) {
  const t = useTexts(exportTexts);
  const { lang } = useLang();
  const pick = usePick();
  const count = (n: number): string => n.toLocaleString(lang);
  if (state.step === 'failed') {
    const { error } = state;
    const most = error.details['guard'] === 'too-many-rows' ? Number(error.details['most']) : null;
    return (
      <Alert type="error" role="alert" showIcon title={most === null ? pick(error.text) : t.tooMany(count(most))} />
    );
  }
  return (
    <div role="status" data-testid="export-progress">
      {state.step === 'running' ? (
        <>
          <progress className="export-bar" aria-label={t.title} />
          {state.rows === null ? t.preparing : t.progress(count(state.rows), (state.bytes / 1e6).toFixed(1))}
        </>
      ) : null}
      {state.step === 'done' ? <Alert type="success" showIcon title={t.done(count(state.rows), state.name)} /> : null}
    </div>
  );
}
