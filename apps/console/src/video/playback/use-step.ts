import { useCallback, useEffect, useRef, useState } from 'react';
import type { PlaybackStream } from './playback-stream.ts';

const lookEveryMs = 250;
/** Cameras further apart than this are brought together again, each not more often than that. */
const apartMs = 2000;
const togetherEveryMs = 10_000;

/** Several recordings in step: one clock, the first camera's; those that fall behind are brought to it. */
export function useStep(startMs: number, running: boolean, rate: number) {
  const streams = useRef(new Map<string, PlaybackStream>());
  const moved = useRef(new Map<string, number>());
  const [atMs, setAt] = useState(startMs);
  const onStream = useCallback(
    (cameraId: string, stream: PlaybackStream | null) => {
      if (stream === null) streams.current.delete(cameraId);
      else {
        streams.current.set(cameraId, stream);
        stream.play(running, rate);
      }
    },
    [running, rate],
  );
  useEffect(() => {
    for (const stream of streams.current.values()) stream.play(running, rate);
  }, [running, rate]);
  useEffect(() => {
    const look = setInterval(() => {
      const all = [...streams.current];
      const leader = all.map(([, stream]) => stream.moment()).find((moment) => moment !== null);
      if (leader === undefined) return;
      setAt(leader);
      for (const [id, stream] of all.slice(1)) {
        const moment = stream.moment();
        const nowMs = Date.now();
        if (moment === null || Math.abs(moment - leader) < apartMs * Math.max(1, rate)) continue;
        if (nowMs - (moved.current.get(id) ?? 0) < togetherEveryMs) continue;
        moved.current.set(id, nowMs);
        stream.seek(Math.round(leader));
      }
    }, lookEveryMs);
    return () => clearInterval(look);
  }, [rate]);
  const seek = useCallback((toMs: number) => {
    setAt(toMs);
    moved.current.clear();
    for (const stream of streams.current.values()) stream.seek(Math.round(toMs));
  }, []);
  return { atMs, seek, onStream };
}
