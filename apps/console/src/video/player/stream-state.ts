/** What a tile knows of its picture, apart from the picture: a pure machine that the streams drive. */
import type { Bilingual, ErrorCode } from '@wangge/contract-kit';
import type { FromWorker } from '@wangge/video/contract';

export const pictureKinds = [
  'idle',
  'connecting',
  'live',
  'stalled',
  'offline',
  'refused',
  'unsupported',
  'ended',
  'no-right',
  'paused',
  'gone',
  'no-worker',
  'no-network',
] as const;
export type PictureKind = (typeof pictureKinds)[number];

export interface StreamState {
  readonly kind: PictureKind;
  /** In the server's or the worker's words. */
  readonly reason: Bilingual | null;
  /** Since when it is so, by this browser's clock. */
  readonly sinceMs: number;
  /** When the latest piece of picture came, by this browser's clock; null before the first. */
  readonly frameAtMs: number | null;
}

export type StreamEvent =
  | { readonly type: 'ask'; readonly nowMs: number }
  | { readonly type: 'refused'; readonly error: RefusedCall; readonly nowMs: number }
  | { readonly type: 'worker'; readonly message: FromWorker & { type: 'state' }; readonly nowMs: number }
  | { readonly type: 'frame'; readonly nowMs: number }
  | { readonly type: 'lost'; readonly nowMs: number }
  | { readonly type: 'cannot-show'; readonly nowMs: number }
  | { readonly type: 'tick'; readonly nowMs: number };

/** What counts of a call that failed. */
export interface RefusedCall {
  readonly code: ErrorCode;
  readonly text: Bilingual;
  readonly offline: boolean;
  readonly details: Readonly<Record<string, unknown>>;
}

/** A line that is open and silent for so long shows an old picture. */
export const stalledAfterMs = 4000;

export const firstState: StreamState = { kind: 'idle', reason: null, sinceMs: 0, frameAtMs: null };

/** What becomes of a tile by something that happened; the same object where nothing changes. */
export function nextState(state: StreamState, event: StreamEvent): StreamState {
  const { nowMs } = event;
  switch (event.type) {
    case 'ask':
      // A broken line that is tried again must not blink between two words each second.
      return state.kind === 'idle' || state.kind === 'ended' ? turned(state, 'connecting', null, nowMs) : state;
    case 'refused':
      return turned(state, refusalOf(event.error), event.error.text, nowMs);
    case 'worker':
      return event.message.state === 'live' && state.frameAtMs === null
        ? // It says so before the first piece came; until then nothing is to be seen.
          turned(state, 'connecting', null, nowMs)
        : turned(state, event.message.state, event.message.reason, nowMs);
    case 'frame':
      return state.kind === 'live'
        ? { ...state, frameAtMs: nowMs }
        : { kind: 'live', reason: null, sinceMs: nowMs, frameAtMs: nowMs };
    case 'lost':
      return state.kind === 'live' || state.kind === 'stalled'
        ? turned(state, state.frameAtMs === null ? 'connecting' : 'stalled', null, nowMs)
        : state;
    case 'cannot-show':
      return turned(state, 'unsupported', null, nowMs);
    case 'tick':
      return state.kind === 'live' && state.frameAtMs !== null && nowMs - state.frameAtMs > stalledAfterMs
        ? turned(state, 'stalled', null, nowMs)
        : state;
  }
}

function turned(state: StreamState, kind: PictureKind, reason: Bilingual | null, nowMs: number): StreamState {
  const same = state.kind === kind && state.reason?.zh === reason?.zh;
  return same ? state : { ...state, kind, reason, sinceMs: nowMs };
}

function refusalOf({ code, offline, details }: RefusedCall): PictureKind {
  if (code === 'forbidden' || code === 'unauthenticated' || code === 'purpose-required') return 'no-right';
  if (code === 'not-found' || code === 'gone') return 'gone';
  if (code === 'guard-failed' && String(details['guard']).includes('paused')) return 'paused';
  if (code === 'guard-failed') return 'no-right';
  return offline ? 'no-network' : 'no-worker';
}

const steps = [300, 700, 1500, 3000, 5000] as const;

/**
 * Milliseconds until a stream is tried again; null: only when somebody asks for it. Never more than 5 s for what may
 * come back by itself.
 *
 * @param failures tries in a row that brought no picture
 * @param random 0 to 1; the tiles of a wall must not come all at once
 */
export function retryDelayMs(kind: PictureKind, failures: number, random: number): number | null {
  if (kind === 'no-right' || kind === 'gone' || kind === 'unsupported') return null;
  if (kind === 'paused') return 30_000;
  const step = steps[Math.min(failures, steps.length - 1)] ?? 5000;
  return Math.round(step * (0.6 + 0.4 * random));
}
