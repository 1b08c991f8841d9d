/** Pulls a camera by RTSP, over TCP and where that is refused over UDP, and comes back after every end. */
import { type CloseReason, type RtspClosure, RtspSupervisor, type SupervisorOptions } from '@wangge/rtsp';
import type { FrameSource, LinkProblem, OpenSource, SourceHandlers, SourceTarget } from './hub.ts';
import { WallTimes } from './wall-times.ts';

const problems: Partial<Record<CloseReason, LinkProblem>> = {
  unauthorized: 'refused',
  forbidden: 'refused',
  'not-found': 'faulty',
  refused: 'faulty',
  transport: 'faulty',
  unsupported: 'faulty',
  protocol: 'faulty',
};

/** How an RTSP stream is reached; ONVIF devices tell it when they are asked. */
export interface RtspAddress {
  readonly url: string;
  readonly user: string | null;
  readonly password: string | null;
}

export const openRtspSource: OpenSource = (target, handlers) => pullRtsp(rtspAddressOf(target), handlers);

/** Of a camera of kind `rtsp`. */
export function rtspAddressOf({ source, variant, password }: SourceTarget): RtspAddress {
  const sub = textOf(source['subUrl']);
  const main = textOf(source['mainUrl']) ?? '';
  return { url: variant === 'sub' && sub !== null ? sub : main, user: textOf(source['user']), password };
}

function textOf(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

export function optionsOf({ url, user, password }: RtspAddress): SupervisorOptions {
  return { url, ...(user === null ? {} : { credentials: { username: user, password: password ?? '' } }) };
}

export function pullRtsp(address: RtspAddress, handlers: SourceHandlers): FrameSource {
  const times = new WallTimes();
  const supervisor = new RtspSupervisor(optionsOf(address), {
    onTracks: (tracks) => handlers.onTracks(tracks),
    onFrame: (frame) => {
      const { ptsUs } = frame;
      handlers.onFrame(frame, times.of(ptsUs, Date.now()));
    },
    onInterrupted: (closure) => handlers.onProblem(problemOf(closure), closure.reason),
  });
  return {
    // RTSP has no way to ask; most cameras send a key picture every second or two.
    requestKey: () => undefined,
    hurry: () => supervisor.hurry(),
    close: () => supervisor.close(),
  };
}

/** What the end of a session says of the camera. */
export function problemOf({ reason }: Pick<RtspClosure, 'reason'>): LinkProblem {
  return problems[reason] ?? 'offline';
}
