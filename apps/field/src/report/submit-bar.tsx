import { fieldOutboxTexts, fieldReportTexts, fieldShellTexts } from '@wangge/texts/field';
import { useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { Problem } from '../shell/problem.tsx';
import type { ReportFault } from './check-report.ts';
import type { useSendReport } from './use-send-report.ts';

interface Props {
  readonly sending: ReturnType<typeof useSendReport>;
  readonly faults: readonly ReportFault[];
  /** Pictures are still being made ready. */
  readonly preparing: boolean;
}

/** The button above the tabs, and beside it what keeps the report from going. */
export function SubmitBar({ sending, faults, preparing }: Props) {
  const t = useTexts(fieldReportTexts);
  const shell = useTexts(fieldShellTexts);
  const outbox = useTexts(fieldOutboxTexts);
  const first = faults[0];
  return (
    <div className="submit-bar">
      {first === undefined ? null : <Problem>{t.missing[first]}</Problem>}
      {sending.failed && first === undefined && !sending.busy ? <Problem>{outbox.notStored}</Problem> : null}
      <Button block color="primary" size="large" type="submit" disabled={sending.busy || preparing}>
        {preparing ? shell.photos.working : sending.busy ? t.sending : t.submit}
      </Button>
    </div>
  );
}
