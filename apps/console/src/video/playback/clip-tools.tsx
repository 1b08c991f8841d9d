import { listApprovals } from '@wangge/approvals/contract';
import { newId } from '@wangge/contract-kit';
import { shellTexts, videoPlaybackTexts } from '@wangge/texts/console';
import { formatDay, formatExact, formatSpan, useLang, useSend, useTexts } from '@wangge/ui';
import {
  askApproval,
  type CameraPin,
  listExports,
  listLocks,
  lockRecording,
  longestExportMs,
  readTimeline,
  requestExport,
} from '@wangge/video/contract';
import { App, Button, Input, Modal } from 'antd';
import { useState } from 'react';
import { FormProblem } from '../../common/form-problem.tsx';
import { fromLocal } from '../../common/local-time.ts';
import type { Look } from './look.ts';
import { useApprovals } from './use-approvals.ts';

export interface Clip {
  readonly fromMs: number | null;
  readonly toMs: number | null;
}
interface Props {
  readonly cameras: readonly CameraPin[];
  readonly look: Look;
  readonly clip: Clip;
  readonly atMs: number;
  readonly onClip: (clip: Clip) => void;
}
const keptDays = 90;

/** Marks a stretch, then takes a copy of it or keeps it beyond its time; of every camera in step. */
export function ClipTools({ cameras, look, clip, atMs, onClip }: Props) {
  const t = useTexts(videoPlaybackTexts);
  const shell = useTexts(shellTexts);
  const { lang } = useLang();
  const { message } = App.useApp();
  const copy = useSend(requestExport, [listExports]);
  const ask = useSend(askApproval, [listApprovals]);
  const lock = useSend(lockRecording, [listLocks, readTimeline]);
  const [locking, setLocking] = useState(false);
  const [until, setUntil] = useState(() => formatDay(Date.now() + keptDays * 86_400_000));
  // The same for each try at the same clip, so that a lost answer cannot make two.
  const [keys, setKeys] = useState(() => new Map<string, string>());
  const { fromMs, toMs } = clip;
  const whole = fromMs !== null && toMs !== null && toMs > fromMs ? { fromMs, toMs } : null;
  // Nobody takes a copy from a restricted camera on the word that let them look.
  const { lacking, unasked, approved, ...requests } = useApprovals(
    'video.export',
    cameras,
    (asked) => whole !== null && asked.fromMs <= whole.fromMs && asked.toMs >= whole.toMs,
  );
  const keyOf = (what: string): string => {
    const known = keys.get(what) ?? newId();
    keys.set(what, known);
    return known;
  };
  const mark = (next: Clip): void => {
    setKeys(new Map());
    copy.reset();
    ask.reset();
    lock.reset();
    onClip(next);
  };
  const each = async (
    act: (cameraId: string) => Promise<unknown>,
    done: string,
    of: readonly CameraPin[] = cameras,
  ): Promise<void> => {
    try {
      for (const { id } of of) await act(id);
      setLocking(false);
      void message.success(done);
    } catch {
      // Shown below; what was taken is not taken twice at the next try.
    }
  };
  const tooLong = whole !== null && whole.toMs - whole.fromMs > longestExportMs;
  const why = { purpose: look.purpose, reason: look.reason };
  const untilMs = fromLocal(`${until}T23:59`);
  return (
    <div className="video-tools">
      <Button onClick={() => mark({ fromMs: Math.round(atMs), toMs: toMs !== null && toMs > atMs ? toMs : null })}>
        {t.markIn}
      </Button>
      <Button disabled={fromMs === null || atMs <= fromMs} onClick={() => mark({ fromMs, toMs: Math.round(atMs) })}>
        {t.markOut}
      </Button>
      <span role="status" data-testid="clip">
        {whole
          ? t.clip(
              formatExact(whole.fromMs),
              formatExact(whole.toMs).slice(11),
              formatSpan(whole.toMs - whole.fromMs, lang),
            )
          : fromMs === null
            ? t.noClip
            : `${formatExact(fromMs)} –`}
        {tooLong ? ` · ${t.tooLong}` : ''}
      </span>
      {fromMs === null ? null : <Button onClick={() => mark({ fromMs: null, toMs: null })}>{t.clearClip}</Button>}
      {whole && unasked.length > 0 ? (
        <Button
          type="primary"
          disabled={tooLong || requests.pending}
          loading={ask.isPending}
          title={t.askFor(unasked.map(({ name }) => name).join('、'))}
          onClick={() =>
            void each(
              (id) => {
                const body = { key: keyOf(`ask ${id}`), kind: 'video.export' as const, ...whole, ...why };
                return ask.mutateAsync({ params: { id }, body });
              },
              t.exportAsked,
              unasked,
            )
          }
        >
          {t.askExport}
        </Button>
      ) : (
        <Button
          type="primary"
          disabled={!whole || tooLong || lacking.length > 0}
          loading={copy.isPending}
          onClick={() => {
            if (!whole) return;
            void each((cameraId) => {
              const approvalId = approved.get(cameraId)?.id;
              const body = { key: keyOf(`copy ${cameraId}`), cameraId, ...whole, ...why };
              return copy.mutateAsync({ body: approvalId === undefined ? body : { ...body, approvalId } });
            }, t.exported);
          }}
        >
          {whole && lacking.length > 0 ? t.exportWaiting : t.export}
        </Button>
      )}
      <Button disabled={!whole} onClick={() => setLocking(true)}>
        {t.lock}
      </Button>
      <FormProblem error={copy.error ?? ask.error ?? requests.error} />
      {locking && whole ? (
        <Modal
          open
          title={t.lock}
          okText={t.lock}
          cancelText={shell.cancel}
          confirmLoading={lock.isPending}
          okButtonProps={{ disabled: untilMs === null || untilMs <= whole.toMs }}
          onCancel={() => setLocking(false)}
          onOk={() =>
            void each(
              (cameraId) =>
                lock.mutateAsync({
                  body: {
                    key: keyOf(`lock ${cameraId}`),
                    cameraId,
                    ...whole,
                    reason: look.reason,
                    untilMs: untilMs ?? 0,
                  },
                }),
              t.locked30,
            )
          }
        >
          <p>{t.lockTitle}</p>
          <label className="video-inline">
            {t.lockUntil}
            <Input type="date" value={until} onChange={(event) => setUntil(event.target.value)} />
          </label>
          <FormProblem error={lock.error} />
        </Modal>
      ) : null}
    </div>
  );
}
