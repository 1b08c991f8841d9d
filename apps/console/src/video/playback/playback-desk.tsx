import { useQueries } from '@tanstack/react-query';
import { call } from '@wangge/client';
import { videoPlaybackTexts } from '@wangge/texts/console';
import { callKey, ErrorBlock, formatTime, LoadingBlock, useTexts } from '@wangge/ui';
import { type CameraPin, readTimeline } from '@wangge/video/contract';
import { Button, Select } from 'antd';
import { useState } from 'react';
import { useMay } from '../../session/me.tsx';
import { type Clip, ClipTools } from './clip-tools.tsx';
import { recordedFrom } from './day-line.ts';
import type { Look } from './look.ts';
import { PlaybackTile } from './playback-tile.tsx';
import { Timeline } from './timeline.tsx';
import { useStep } from './use-step.ts';

interface Props {
  readonly cameras: readonly CameraPin[];
  readonly look: Look;
  readonly dayMs: number;
  /** Where to begin; unless told, with the first recording of the day. */
  readonly askedMs: number | null;
}
const rates = [0.25, 0.5, 1, 2, 4, 8, 16] as const;
const noClip: Clip = { fromMs: null, toMs: null };

/** What was recorded on a day, then the pictures and the day's line. */
export function PlaybackDesk(props: Props) {
  const { cameras, dayMs, askedMs } = props;
  const t = useTexts(videoPlaybackTexts);
  const lines = useQueries({
    queries: cameras.map(({ id }) => ({
      queryKey: [...callKey(readTimeline), id, dayMs],
      queryFn: () =>
        call(readTimeline, { params: { id }, query: { fromMs: dayMs, toMs: dayMs + 86_400_000 } } as never),
    })),
  });
  const failed = lines.find((line) => line.error !== null);
  if (failed?.error) return <ErrorBlock error={failed.error as never} onRetry={() => void failed.refetch()} />;
  if (lines.some((line) => line.data === undefined)) return <LoadingBlock rows={5} />;
  const rows = cameras.map(({ id, name }, i) => ({ id, name, spans: lines[i]?.data?.spans ?? [] }));
  const spans = rows.flatMap((row) => row.spans);
  const oldest = lines.map((line) => line.data?.oldestMs ?? null).filter((ms) => ms !== null);
  if (spans.length === 0)
    return (
      <p role="status">
        {t.noneThisDay}
        {oldest.length > 0 ? ` · ${t.oldest(formatTime(Math.min(...oldest)))}` : ''}
      </p>
    );
  const startMs = recordedFrom(spans, askedMs ?? dayMs) ?? spans[0]?.fromMs ?? dayMs;
  return <Running {...props} rows={rows} startMs={startMs} />;
}

interface RunningProps extends Props {
  readonly rows: Parameters<typeof Timeline>[0]['rows'];
  readonly startMs: number;
}

function Running({ cameras, look, dayMs, rows, startMs }: RunningProps) {
  const t = useTexts(videoPlaybackTexts);
  const may = useMay();
  const [running, setRunning] = useState(true);
  const [rate, setRate] = useState(1);
  const [clip, setClip] = useState<Clip>(noClip);
  const { atMs, seek, onStream } = useStep(startMs, running, rate);
  return (
    <>
      <ul className={`wall wall-${cameras.length > 1 ? 4 : 1} playback-wall`}>
        {cameras.map((camera) => (
          <li key={camera.id} className="wall-tile">
            <PlaybackTile camera={camera} look={look} startMs={startMs} onStream={onStream} />
          </li>
        ))}
      </ul>
      <div className="video-tools playback-tools">
        <Button type="primary" onClick={() => setRunning(!running)} data-testid="play">
          {running ? t.pause : t.play}
        </Button>
        <Button onClick={() => seek(atMs - 10_000)}>{t.back}</Button>
        <Button onClick={() => seek(atMs + 10_000)}>{t.forward}</Button>
        <Select
          aria-label={t.speed}
          value={rate}
          options={rates.map((value) => ({ value, label: t.times(value) }))}
          onChange={setRate}
        />
        {rate > 4 ? <span className="muted">{t.keyOnly}</span> : null}
      </div>
      <Timeline dayMs={dayMs} rows={rows} atMs={atMs} clip={clip} onSeek={seek} />
      {may('video.export') ? (
        <ClipTools cameras={cameras} look={look} clip={clip} atMs={atMs} onClip={setClip} />
      ) : null}
    </>
  );
}
