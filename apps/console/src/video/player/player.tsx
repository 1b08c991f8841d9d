import { videoTexts } from '@wangge/texts/console';
import { useTexts } from '@wangge/ui';
import { type ReactNode, useEffect, useRef, useState } from 'react';
import type { Way } from './live-stream.ts';
import { PictureState } from './picture-state.tsx';
import './player.css';
import { useFull } from './use-full.ts';
import { useLive } from './use-live.ts';
import { useVisible } from './use-visible.ts';

interface Props {
  readonly cameraId: string;
  readonly name: string;
  /** The small picture of walls unless told. */
  readonly variant?: 'main' | 'sub';
  readonly prefer?: Way;
  /** What was to be seen last, until the camera answers. */
  readonly still?: { readonly url: string; readonly atMs: number | null } | null;
  /** Further buttons in the bar. */
  readonly tools?: ReactNode;
}

/** One camera live: the picture, what is known of it, sound, full screen. */
export function Player({ cameraId, name, variant = 'sub', prefer = 'mse', still = null, tools }: Props) {
  const t = useTexts(videoTexts).player;
  const box = useRef<HTMLDivElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const visible = useVisible(box);
  const { state, ticket, picture, again } = useLive(video, { id: cameraId, variant, prefer }, visible);
  const [loud, setLoud] = useState(false);
  const full = useFull(box);
  useEffect(() => {
    if (video.current) video.current.muted = !loud;
  }, [loud]);
  const stillUrl = ticket?.stillUrl ?? still?.url ?? null;
  const stillAtMs = ticket?.stillAtMs ?? still?.atMs ?? null;
  const moved = state.frameAtMs !== null;
  const way = moved ? (picture?.way ?? 'mse') : stillUrl === null ? null : 'still';
  return (
    <div ref={box} className="vp" data-testid="player" data-state={state.kind} data-way={way ?? ''}>
      <div className="vp-picture">
        {stillUrl !== null && !moved ? <img src={stillUrl} alt="" className="vp-still" /> : null}
        {/* What a camera sends has no captions. */}
        <video
          ref={video}
          className={moved ? 'vp-video' : 'vp-video vp-cold'}
          muted
          playsInline
          aria-label={t.label(name)}
        />
        <PictureState state={state} stillAtMs={stillUrl === null ? null : stillAtMs} onAgain={again} />
      </div>
      <div className="vp-bar">
        <span className="vp-name" title={name}>
          {name}
        </span>
        {state.kind === 'live' ? (
          <span className="vp-live">
            <span aria-hidden="true">● </span>
            {t.states.live}
          </span>
        ) : null}
        {way === null ? null : (
          <span className="vp-way" title={t.wayTitle[way]}>
            {t.ways[way]}
          </span>
        )}
        <span className="vp-tools">
          {picture?.hasAudio ? (
            <button type="button" className="vp-button" aria-pressed={loud} onClick={() => setLoud(!loud)}>
              {loud ? t.mute : t.sound}
            </button>
          ) : null}
          {tools}
          {full.can ? (
            <button type="button" className="vp-button" onClick={full.toggle}>
              {full.is ? t.leaveFull : t.full}
            </button>
          ) : null}
        </span>
      </div>
    </div>
  );
}
