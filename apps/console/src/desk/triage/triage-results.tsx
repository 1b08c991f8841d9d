import { savedTexts } from '@wangge/texts/console';
import { useLabelled, usePick, useTexts } from '@wangge/ui';
import { Button, Modal } from 'antd';
import type { Triage, TriageResult } from './use-triage.ts';

/** What became of each, one by one. */
export function TriageResults({ triage, onClose }: { triage: Triage; onClose: () => void }) {
  const t = useTexts(savedTexts);
  const pick = usePick();
  const labelled = useLabelled();
  const { results, running, move } = triage;
  const of = (step: TriageResult['step']): number => results.filter((result) => result.step === step).length;
  const marks = { waiting: t.waiting, running: '…', ok: `✓ ${t.ok}` } as const;
  return (
    <Modal
      open
      title={labelled(t.results, move === null ? '' : t.moves[move])}
      closable={!running}
      mask={{ closable: false }}
      onCancel={onClose}
      footer={
        running ? (
          <Button onClick={triage.stop}>{t.stop}</Button>
        ) : (
          <Button type="primary" onClick={onClose}>
            {t.close}
          </Button>
        )
      }
    >
      <p role="status" data-testid="triage-summary">
        {running
          ? t.running(of('ok') + of('failed') + 1, results.length)
          : t.finished(of('ok'), results.length - of('ok'))}
      </p>
      <ol className="triage-results">
        {results.map(({ row, step, error }) => (
          <li key={row.id} className={`triage-${step}`} data-number={row.number}>
            <span>
              {row.number} {row.summary}
            </span>
            <strong>{step === 'failed' ? `✕ ${error ? pick(error.text) : ''}` : marks[step]}</strong>
          </li>
        ))}
      </ol>
    </Modal>
  );
}
