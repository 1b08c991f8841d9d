import { videoPlaybackTexts } from '@wangge/texts/console';
import { formatClock, formatExact, useTexts } from '@wangge/ui';
import type { RecordedSpan } from '@wangge/video/contract';
import { Button } from 'antd';
import { type KeyboardEvent, type PointerEvent, useState } from 'react';
import { holding, percentOf, scaleMarks, type Sight, wholeDay, zoomed } from './day-line.ts';

interface Props {
  readonly dayMs: number;
  readonly rows: readonly { readonly id: string; readonly name: string; readonly spans: readonly RecordedSpan[] }[];
  readonly atMs: number;
  readonly clip: { readonly fromMs: number | null; readonly toMs: number | null };
  readonly onSeek: (atMs: number) => void;
}
const lastOfDay = 86_399_000;

/** The recordings of a day, camera by camera: click, drag or keys choose a moment. */
export function Timeline({ dayMs, rows, atMs, clip, onSeek }: Props) {
  const t = useTexts(videoPlaybackTexts);
  const [asked, setSight] = useState<Sight>(() => wholeDay(dayMs));
  /** While the pointer is down, the moment follows it; only letting go asks for it. */
  const [dragMs, setDrag] = useState<number | null>(null);
  const shownMs = dragMs ?? atMs;
  const sight = dragMs === null ? holding(asked, dayMs, atMs) : asked;
  const inDay = (ms: number): number => Math.round(Math.min(Math.max(ms, dayMs), dayMs + lastOfDay));
  const zoom = (factor: number): void => setSight(zoomed(sight, dayMs, shownMs, factor));
  const pointed = (event: PointerEvent<HTMLElement>): number => {
    const { left, width } = event.currentTarget.getBoundingClientRect();
    return inDay(sight.fromMs + ((event.clientX - left) / width) * (sight.toMs - sight.fromMs));
  };
  const keys = (event: KeyboardEvent): void => {
    const small = event.shiftKey ? 60_000 : 10_000;
    const to = {
      ArrowLeft: atMs - small,
      ArrowRight: atMs + small,
      PageUp: atMs - 3_600_000,
      PageDown: atMs + 3_600_000,
      Home: dayMs,
      End: dayMs + lastOfDay,
    }[event.key];
    if (to !== undefined) onSeek(inDay(to));
    else if (event.key === '+' || event.key === '=') zoom(0.5);
    else if (event.key === '-') zoom(2);
    else return;
    event.preventDefault();
  };
  const place = (fromMs: number, toMs: number) => {
    const left = Math.max(0, percentOf(sight, fromMs));
    const right = Math.min(100, percentOf(sight, toMs));
    return { left: `${left}%`, width: `${Math.max(0.1, right - left)}%` };
  };
  const inSight = (fromMs: number, toMs: number): boolean => toMs > sight.fromMs && fromMs < sight.toMs;
  return (
    <section className="timeline" aria-label={t.timeline}>
      <div className="video-tools timeline-tools">
        <strong data-testid="moment">{formatExact(shownMs)}</strong>
        <span className="timeline-key timeline-span" aria-hidden="true" /> {t.recorded}
        <span className="timeline-key timeline-span timeline-locked" aria-hidden="true" /> {t.locked}
        <Button size="small" aria-label={t.zoomIn} onClick={() => zoom(0.5)}>
          +
        </Button>
        <Button size="small" aria-label={t.zoomOut} onClick={() => zoom(2)}>
          −
        </Button>
        <Button size="small" onClick={() => setSight(wholeDay(dayMs))}>
          {t.wholeDay}
        </Button>
      </div>
      <div
        className="timeline-line"
        role="slider"
        tabIndex={0}
        aria-label={t.timeline}
        aria-valuemin={dayMs}
        aria-valuemax={dayMs + lastOfDay}
        aria-valuenow={Math.round(shownMs)}
        aria-valuetext={formatExact(shownMs)}
        data-testid="timeline"
        onKeyDown={keys}
        onPointerDown={(event) => {
          event.currentTarget.setPointerCapture(event.pointerId);
          setSight(sight);
          setDrag(pointed(event));
        }}
        onPointerMove={(event) => {
          if (dragMs !== null) setDrag(pointed(event));
        }}
        onPointerUp={(event) => {
          if (dragMs === null) return;
          setDrag(null);
          onSeek(pointed(event));
        }}
        onPointerCancel={() => setDrag(null)}
      >
        <div className="timeline-scale" aria-hidden="true">
          {scaleMarks(sight, dayMs).map((ms) => (
            <span key={ms} style={{ left: `${percentOf(sight, ms)}%` }}>
              {formatClock(ms)}
            </span>
          ))}
        </div>
        {rows.map((row) => (
          <div key={row.id} className="timeline-row">
            {row.spans
              .filter((span) => inSight(span.fromMs, span.toMs))
              .map((span) => (
                <span
                  key={span.fromMs}
                  className={span.locked ? 'timeline-span timeline-locked' : 'timeline-span'}
                  style={place(span.fromMs, span.toMs)}
                />
              ))}
            <span className="timeline-name">{row.name}</span>
          </div>
        ))}
        {clip.fromMs !== null && inSight(clip.fromMs, clip.toMs ?? clip.fromMs + 1) ? (
          <span className="timeline-clip" style={place(clip.fromMs, clip.toMs ?? clip.fromMs + 1)} />
        ) : null}
        <span className="timeline-now" style={{ left: `${percentOf(sight, shownMs)}%` }} />
      </div>
      <p className="muted timeline-hint">{t.timelineHint}</p>
    </section>
  );
}
