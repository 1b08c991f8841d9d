import { call } from '@wangge/client';
import { videoPlaybackTexts, videoTexts } from '@wangge/texts/console';
import { formatClock, usePick, useTexts } from '@wangge/ui';
import { playCamera } from '@wangge/video/contract';
import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { StateIcon } from '../player/state-icon.tsx';
import '../player/player.css';
import { useFull } from '../player/use-full.ts';
import type { Look } from './look.ts';
import { openPlayback, type PlaybackState, type PlaybackStream } from './playback-stream.ts';

interface Props {
  readonly camera: { readonly id: string; readonly name: string };
  readonly look: Look;
  readonly startMs: number;
  /** Hands out the stream, and null when it ends. */
  readonly onStream: (cameraId: string, stream: PlaybackStream | null) => void;
}

const marks = {
  connecting: 'connecting',
  playing: 'live',
  ended: 'ended',
  failed: 'unsupported',
  lost: 'no-network',
} as const;

/** One camera looked back at. */
export function PlaybackTile({ camera, look, startMs, onStream }: Props) {
  const t = useTexts(videoPlaybackTexts);
  const player = useTexts(videoTexts).player;
  const pick = usePick();
  const box = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const stream = useRef<PlaybackStream | null>(null);
  const [state, setState] = useState<PlaybackState>({ kind: 'connecting', reason: null });
  const [gap, setGap] = useState<string | null>(null);
  const full = useFull(box);
  const hand = useEffectEvent((opened: PlaybackStream | null) => onStream(camera.id, opened));
  const first = useEffectEvent(() => startMs);
  const { id } = camera;
  const approvalId = look.approvals.get(id);
  useEffect(() => {
    if (!video.current) return undefined;
    const opened = openPlayback({
      video: video.current,
      atMs: first(),
      fromMs: look.fromMs,
      ask: (continues) =>
        call(playCamera, {
          params: { id },
          body: {
            purpose: look.purpose,
            reason: look.reason,
            fromMs: look.fromMs,
            toMs: look.toMs,
            ...(approvalId === undefined ? {} : { approvalId }),
            ...(continues === null ? {} : { continues }),
          },
        }),
      onState: setState,
      onGap: (fromMs, toMs) => setGap(t.gapSkipped(formatClock(fromMs), formatClock(toMs))),
    });
    stream.current = opened;
    hand(opened);
    return () => {
      stream.current = null;
      opened.close();
      hand(null);
    };
  }, [id, look, approvalId, t]);
  const reason = state.reason ? pick(state.reason) : null;
  return (
    <div ref={box} className="vp" data-testid="playback" data-state={state.kind}>
      <div className="vp-picture">
        {/* Recordings have no captions. */}
        <video ref={video} className="vp-video" muted playsInline aria-label={`${t.states.playing} · ${camera.name}`} />
        {state.kind === 'playing' ? null : (
          <div className="vp-state" role="status">
            <p className="vp-state-words">
              <StateIcon kind={marks[state.kind]} />
              <strong>{t.states[state.kind]}</strong>
            </p>
            {reason === null ? null : <p>{reason}</p>}
            {state.kind === 'failed' || state.kind === 'lost' ? (
              <button type="button" className="vp-button" onClick={() => stream.current?.again()}>
                {t.again}
              </button>
            ) : null}
          </div>
        )}
      </div>
      <div className="vp-bar">
        <span className="vp-name">{camera.name}</span>
        <span className="vp-way" role="status">
          {gap}
        </span>
        <span className="vp-tools">
          {full.can ? (
            <button type="button" className="vp-button" onClick={full.toggle}>
              {full.is ? player.leaveFull : player.full}
            </button>
          ) : null}
        </span>
      </div>
    </div>
  );
}
