import { newId, type Place } from '@wangge/contract-kit';
import { fieldReportTexts, fieldShellTexts } from '@wangge/texts/field';
import { EmptyBlock, LoadingBlock, useTexts } from '@wangge/ui';
import { useEffect, useState } from 'react';
import { useMay } from '../session/me.tsx';
import { Header } from '../shell/header.tsx';
import { begunReport, forgetBegun } from './begin-report.ts';
import { OtherDrafts } from './other-drafts.tsx';
import { useReportDraft } from './report-draft.ts';
import { ReportForm } from './report-form.tsx';
import { SentReport } from './sent-report.tsx';
import { useReportDrafts } from './use-report-drafts.ts';
import { useSendReport } from './use-send-report.ts';

/** The report last begun, or a fresh one; then what becomes of it. */
export function ReportPage() {
  const t = useTexts(fieldReportTexts);
  const shell = useTexts(fieldShellTexts);
  const may = useMay('incidents.report');
  const drafts = useReportDrafts();
  const [begun] = useState(begunReport);
  useEffect(forgetBegun, []);
  const [chosen, setChosen] = useState<string | null>(begun?.clientKey ?? null);
  const [keptKey, setKeptKey] = useState<string | null>(null);
  // Stays the same while the list of drafts is being read and changes.
  if (chosen === null && drafts[0] !== undefined) setChosen(drafts[0]);
  const [freshKey, setFreshKey] = useState(newId);
  const clientKey = chosen ?? freshKey;
  const others = drafts.filter((key) => key !== clientKey);
  const another = (): void => {
    const key = newId();
    setKeptKey(null);
    setFreshKey(key);
    setChosen(key);
  };
  return (
    <>
      <Header title={t.title} />
      <main className="page page-report">
        {!may ? (
          <EmptyBlock title={shell.noAccess} />
        ) : keptKey !== null ? (
          <SentReport id={keptKey} onAnother={another} />
        ) : (
          <Editor
            key={clientKey}
            clientKey={clientKey}
            place={clientKey === begun?.clientKey ? begun.place : null}
            others={others}
            onOpen={setChosen}
            onFresh={another}
            onKept={setKeptKey}
          />
        )}
      </main>
    </>
  );
}

interface EditorProps {
  readonly clientKey: string;
  readonly place: Place | null;
  readonly others: readonly string[];
  readonly onOpen: (clientKey: string) => void;
  readonly onFresh: () => void;
  readonly onKept: (clientKey: string) => void;
}

function Editor({ clientKey, place, others, onOpen, onFresh, onKept }: EditorProps) {
  const draft = useReportDraft(clientKey, place);
  const sending = useSendReport(draft, onKept);
  if (draft.value === null) return <LoadingBlock rows={6} />;
  return (
    <ReportForm value={draft.value} draft={draft} sending={sending} onFresh={onFresh}>
      {others.length > 0 ? <OtherDrafts keys={others} onOpen={onOpen} /> : null}
    </ReportForm>
  );
}
