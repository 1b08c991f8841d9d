import type { Call, CallEnd } from '@wangge/sip';
import { buildMansRtsp, type PlaybackControl } from '../control/mansrtsp.ts';
import { GbError } from '../error.ts';
import type { MediaDescription } from '../media/offer.ts';
import { mansRtsp } from '../wire.ts';

/** One running stream between platform and device, of either direction. */
export interface MediaSession {
  readonly deviceId: string;
  readonly channelId: string;
  readonly local: MediaDescription;
  /** What the device says of itself: address, SSRC and payloads are hints. */
  readonly remote: MediaDescription;
  /** The SSRC to expect: the answer's when it names one, else the offered. */
  readonly ssrc: number | undefined;
  readonly ended: Promise<CallEnd>;
  /** Settles when the device has sent all of a playback or download (MediaStatus 121), or the session ended. */
  readonly finished: Promise<void>;
  /** Pause, seek, speed of a playback. @throws GbError `refused`, SipError */
  control(control: PlaybackControl): Promise<void>;
  bye(): Promise<void>;
}

export function createSession(
  call: Call,
  parts: Pick<MediaSession, 'deviceId' | 'channelId' | 'local' | 'remote' | 'ssrc'>,
): { session: MediaSession; markFinished: () => void } {
  let cseq = 0;
  const finished = Promise.withResolvers<void>();
  void call.ended.then(() => finished.resolve());
  const session: MediaSession = {
    ...parts,
    ended: call.ended,
    finished: finished.promise,
    bye: () => call.bye(),
    async control(control) {
      const body = Buffer.from(buildMansRtsp(control, ++cseq), 'latin1');
      const { status, reason, body: answer } = await call.request('INFO', { content: { type: mansRtsp, body } });
      if (status >= 300) throw new GbError('refused', `${control.type}: ${status} ${reason}`, status);
      // Recorders say yes in SIP and no in the RTSP answer inside.
      const inner = Number(/^\s*(?:MANS)?RTSP\/1\.0\s+(\d{3})/i.exec(answer.toString('latin1', 0, 100))?.[1] ?? 200);
      if (inner >= 300) throw new GbError('refused', `${control.type}: ${inner}`, inner);
    },
  };
  return { session, markFinished: finished.resolve };
}
