/**
 * - `live`: the stream is open, what is shown is current.
 * - `stale`: the stream is broken for a moment; what is shown was right at `lastContactMs`.
 * - `offline`: the browser has no network, or several tries in a row failed.
 */
export type LiveState = 'live' | 'stale' | 'offline';

export interface LiveStatus {
  readonly state: LiveState;
  /** When the server was last heard, by this machine's clock; null before the first contact. */
  readonly lastContactMs: number | null;
  /** Server's clock minus this machine's, for countdowns on a PC whose clock is wrong. */
  readonly clockOffsetMs: number;
  /** The server refused the stream because the session ended. */
  readonly signedOut: boolean;
}

export const startingStatus: LiveStatus = {
  state: 'stale',
  lastContactMs: null,
  clockOffsetMs: 0,
  signedOut: false,
};

/** Tries in a row that may fail before one says offline: about four seconds. */
export const failuresUntilOffline = 4;

/** The status after a lost connection. */
export function afterLoss(
  now: LiveStatus,
  status: number | null,
  failures: number,
  browserOnline: boolean,
): LiveStatus {
  const offline = !browserOnline || failures >= failuresUntilOffline || status === 401;
  return { ...now, state: offline ? 'offline' : 'stale', signedOut: status === 401 };
}
