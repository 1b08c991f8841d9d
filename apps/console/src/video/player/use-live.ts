import { call } from '@wangge/client';
import { type Ticket, watchCamera } from '@wangge/video/contract';
import { type RefObject, useEffect, useEffectEvent, useRef, useState } from 'react';
import { type LiveStream, openLive, type Way } from './live-stream.ts';
import { firstState, type StreamState } from './stream-state.ts';

export interface LiveView {
  readonly state: StreamState;
  readonly ticket: Ticket | null;
  readonly picture: { readonly hasAudio: boolean; readonly way: Way } | null;
  readonly again: () => void;
}

/** A camera live in a video element, for as long as the element is there; nothing is sent while nobody sees it. */
export function useLive(
  video: RefObject<HTMLVideoElement | null>,
  camera: { readonly id: string; readonly variant: 'main' | 'sub'; readonly prefer: Way },
  visible: boolean,
): LiveView {
  const [state, setState] = useState<StreamState>(firstState);
  const [ticket, setTicket] = useState<Ticket | null>(null);
  const [picture, setPicture] = useState<LiveView['picture']>(null);
  const stream = useRef<LiveStream | null>(null);
  const { id, variant, prefer } = camera;
  const shown = useEffectEvent(() => visible);
  useEffect(() => {
    if (!video.current) return undefined;
    const opened = openLive({
      video: video.current,
      prefer,
      ask: (continues) =>
        call(watchCamera, { params: { id }, body: { variant, ...(continues === null ? {} : { continues }) } }),
      onState: setState,
      onTicket: setTicket,
      onPicture: setPicture,
    });
    stream.current = opened;
    opened.show(shown());
    return () => {
      stream.current = null;
      opened.close();
    };
  }, [video, id, variant, prefer]);
  useEffect(() => stream.current?.show(visible), [visible]);
  return { state, ticket, picture, again: () => stream.current?.again() };
}
