import { exportTexts, savedTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { useState } from 'react';
import { useMay } from '../session/me.tsx';
import type { FilterQuery } from './desk-search.ts';
import { ExportDialog } from './export-dialog.tsx';
import type { RowFact } from './row-facts.ts';
import { RowFactsButton } from './row-facts-button.tsx';

interface Props {
  readonly query: FilterQuery;
  readonly facts: readonly RowFact[];
  readonly onFacts: (facts: readonly RowFact[]) => void;
  /** Rows are picked, several of them, to be moved together. */
  readonly picking: boolean;
  readonly onPicking: (picking: boolean) => void;
}

/** What one can do with the list as a whole. */
export function ListTools({ query, facts, onFacts, picking, onPicking }: Props) {
  const t = useTexts(exportTexts);
  const { several } = useTexts(savedTexts);
  const may = useMay();
  const [exporting, setExporting] = useState(false);
  return (
    <span className="list-tools">
      {may('incidents.decide') ? (
        <button type="button" className="plain-button" aria-pressed={picking} onClick={() => onPicking(!picking)}>
          {several}
        </button>
      ) : null}
      <RowFactsButton facts={facts} onFacts={onFacts} />
      {may('incidents.export') ? (
        <button type="button" className="plain-button" onClick={() => setExporting(true)}>
          {t.button}
        </button>
      ) : null}
      {exporting ? <ExportDialog query={query} onClose={() => setExporting(false)} /> : null}
    </span>
  );
}
