import { fieldReportTexts, fieldShellTexts } from '@wangge/texts/field';
import { EmptyBlock, LoadingBlock, useTexts } from '@wangge/ui';
import { useMay } from '../session/me.tsx';
import { Header } from '../shell/header.tsx';
import { ReportForm } from './report-form.tsx';
import { useReportDraft } from './report-draft.ts';
import { SentReport } from './sent-report.tsx';
import { useSendReport } from './use-send-report.ts';

export function ReportPage() {
  const t = useTexts(fieldReportTexts);
  const shell = useTexts(fieldShellTexts);
  const may = useMay('incidents.report');
  const draft = useReportDraft();
  const sending = useSendReport(draft);
  return (
    <>
      <Header title={t.title} />
      <main className="page page-report">
        {!may ? (
          <EmptyBlock title={shell.noAccess} />
        ) : sending.sent ? (
          <SentReport sent={sending.sent} onAnother={sending.reset} />
        ) : draft.value === null ? (
          <LoadingBlock rows={6} />
        ) : (
          <ReportForm value={draft.value} draft={draft} sending={sending} />
        )}
      </main>
    </>
  );
}
