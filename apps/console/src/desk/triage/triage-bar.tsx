import type { IncidentRow } from '@wangge/incidents/contract';
import { savedTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { Button } from 'antd';
import { useMay } from '../../session/me.tsx';
import { TriageResults } from './triage-results.tsx';
import { triageMoves, useTriage, type TriageMove } from './use-triage.ts';

interface Props {
  /** Those of the list that are shown now. */
  readonly rows: readonly IncidentRow[];
  readonly picked: ReadonlySet<string>;
  readonly onPicked: (picked: ReadonlySet<string> | null) => void;
}

/** What can be done with the incidents that are picked. */
export function TriageBar({ rows, picked, onPicked }: Props) {
  const t = useTexts(savedTexts);
  const may = useMay();
  const triage = useTriage();
  const chosen = rows.filter((row) => picked.has(row.id));
  const allowed = (move: TriageMove): boolean => may(move === 'dispatch' ? 'dispatch.offer' : 'incidents.decide');
  return (
    <div className="triage" role="toolbar" aria-label={t.several} data-testid="triage">
      <span role="status">{t.chosen(chosen.length)}</span>
      {triageMoves.filter(allowed).map((move) => (
        <Button
          key={move}
          size="small"
          disabled={chosen.length === 0 || triage.running}
          onClick={() => triage.start(move, chosen)}
        >
          {t.moves[move]}
        </Button>
      ))}
      <button type="button" className="plain-button" onClick={() => onPicked(new Set(rows.map((row) => row.id)))}>
        {t.chooseShown}
      </button>
      <button type="button" className="plain-button" onClick={() => onPicked(new Set())}>
        {t.chooseNone}
      </button>
      <button type="button" className="plain-button" onClick={() => onPicked(null)}>
        {t.leave}
      </button>
      {triage.move === null ? null : (
        <TriageResults
          triage={triage}
          onClose={() => {
            // What failed stays picked, for another try.
            onPicked(new Set(triage.results.filter(({ step }) => step !== 'ok').map(({ row }) => row.id)));
            triage.clear();
          }}
        />
      )}
    </div>
  );
}
