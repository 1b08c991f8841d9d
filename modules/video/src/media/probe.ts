/** Tries an address once: does it answer, and with what? */
import { ParameterSets, type Track } from '@wangge/codec';
import { RtspSession } from '@wangge/rtsp';
import type { ProbeInput, ProbeOutput } from './inner.ts';
import { optionsOf, problemOf } from './rtsp-source.ts';

const patienceMs = 25_000;

/** Ends with the first picture, or with whatever comes instead of it. */
export function probeRtsp({ url, user, password }: ProbeInput): Promise<ProbeOutput> {
  const beganMs = performance.now();
  return new Promise((done) => {
    let codec: string | null = null;
    let size: { width: number; height: number } | undefined;
    const learn = (tracks: readonly Track[]): void => {
      const video = tracks.find((track) => track.kind === 'video');
      if (!video) return;
      codec = video.codec;
      size = new ParameterSets(video.codec, video.parameterSets).sps() ?? size;
    };
    const finish = (link: ProbeOutput['link'], reason: string | null): void => {
      clearTimeout(timer);
      session.close();
      const { width = null, height = null } = size ?? {};
      done({ link, reason, codec, width, height, tookMs: Math.round(performance.now() - beganMs) });
    };
    const session = new RtspSession(optionsOf({ url, user, password }), {
      onTracks: learn,
      onFrame: (frame) => {
        if (frame.kind !== 'video' || !frame.key) return;
        size = new ParameterSets(frame.codec, frame.nals).sps() ?? size;
        finish('online', null);
      },
      onClosed: (closure) => finish(problemOf(closure), closure.reason),
    });
    const timer = setTimeout(() => finish(codec === null ? 'offline' : 'faulty', 'timeout'), patienceMs);
  });
}
