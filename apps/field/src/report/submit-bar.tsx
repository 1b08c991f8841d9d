import { fieldReportTexts, fieldShellTexts } from '@wangge/texts/field';
import { usePick, useTexts } from '@wangge/ui';
import { Button } from 'antd-mobile';
import { UploadProgress } from '../photos/upload-progress.tsx';
import { Problem } from '../shell/problem.tsx';
import type { ReportFault } from './check-report.ts';
import type { useSendReport } from './use-send-report.ts';

interface Props {
  readonly sending: ReturnType<typeof useSendReport>;
  readonly faults: readonly ReportFault[];
  readonly photoCount: number;
  /** Pictures are still being made ready. */
  readonly preparing: boolean;
  readonly onDrop: () => void;
}

/** The button above the tabs, and beside it what keeps the report from going. */
export function SubmitBar({ sending, faults, photoCount, preparing, onDrop }: Props) {
  const t = useTexts(fieldReportTexts);
  const shell = useTexts(fieldShellTexts);
  const pick = usePick();
  const first = faults[0];
  if (sending.keyReused)
    return (
      <div className="submit-bar">
        <Problem>{t.keyReused}</Problem>
        <div className="submit-two">
          <Button onClick={onDrop}>{t.dropDraft}</Button>
          <Button color="primary" onClick={sending.asNew}>
            {t.asNew}
          </Button>
        </div>
      </div>
    );
  return (
    <div className="submit-bar">
      {sending.busy ? <UploadProgress done={sending.uploaded} all={photoCount} /> : null}
      {first === undefined ? null : <Problem>{first === 'proof' ? t.proofNeeded : t.missing[first]}</Problem>}
      {sending.error && first === undefined && !sending.busy ? (
        <Problem>
          {pick(sending.error.text)} {shell.draft.unsent}
        </Problem>
      ) : null}
      <Button block color="primary" size="large" type="submit" disabled={sending.busy || preparing}>
        {preparing
          ? shell.photos.working
          : sending.busy
            ? t.sending
            : sending.error
              ? `${shell.retry} · ${t.submit}`
              : t.submit}
      </Button>
    </div>
  );
}
