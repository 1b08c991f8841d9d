import { listCategories, readLimits, saveLimits } from '@wangge/incidents/contract';
import { clockTexts, shellTexts } from '@wangge/texts/console';
import { ErrorBlock, LoadingBlock, useCall, useSend, useTexts } from '@wangge/ui';
import { App, Modal } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { RecomputeNote } from '../calendar/recompute-note.tsx';
import { LadderEditor } from './ladder-editor.tsx';
import { LimitRows, type LimitRow } from './limit-rows.tsx';
import '../../clocks.css';

interface Props {
  /** `*` for what holds for all; then the levels are edited here as well. */
  readonly code: string;
  readonly name: string;
  readonly onClose: () => void;
}

/** Limits of one category, or of all. */
export function LimitsForm({ code, name, onClose }: Props) {
  const t = useTexts(clockTexts).limits;
  const shell = useTexts(shellTexts);
  const { message } = App.useApp();
  const limits = useCall(readLimits, {}, { live: { types: ['incidents.clocks-recomputed'] } });
  const [rows, setRows] = useState<LimitRow[] | null>(null);
  const save = useSend(saveLimits, [readLimits, listCategories]);
  const own: LimitRow[] = (limits.data?.limits ?? [])
    .filter((limit) => limit.categoryCode === code)
    .map(({ phase, severity, minutes, mode }) => ({ phase, severity, minutes, mode }));
  const shown = rows ?? own;
  const twice = new Set(shown.map((row) => `${row.phase} ${row.severity}`)).size < shown.length;
  return (
    <Modal
      open
      width={940}
      title={code === '*' ? t.all : t.title(name)}
      okText={shell.save}
      cancelText={shell.close}
      confirmLoading={save.isPending}
      okButtonProps={{ disabled: rows === null || twice }}
      onCancel={onClose}
      onOk={() =>
        save.mutate(
          { params: { code }, body: { limits: shown } },
          {
            onSuccess: () => {
              void message.success(shell.saved);
              setRows(null);
            },
          },
        )
      }
    >
      <FormProblem error={save.error} />
      <p className="muted">{t.hint}</p>
      {limits.data ? (
        <LimitRows rows={shown} onChange={setRows} />
      ) : limits.error ? (
        <ErrorBlock error={limits.error} onRetry={() => void limits.refetch()} />
      ) : (
        <LoadingBlock rows={3} />
      )}
      {twice ? <p role="alert">{t.twice}</p> : null}
      <RecomputeNote recompute={limits.data?.recompute ?? null} />
      {code === '*' && limits.data ? (
        <LadderEditor ladders={limits.data.ladders} defaults={limits.data.defaults} />
      ) : null}
    </Modal>
  );
}
