/** Why a session ended, or could not begin. */
export type CloseReason =
  /** By the caller. */
  | 'closed'
  /** No connection: refused, no route, unknown name. */
  | 'unreachable'
  /** No answer in time. */
  | 'timeout'
  /** Password wrong or missing (401); trying again soon may lock the account at the camera. */
  | 'unauthorized'
  /** 403. */
  | 'forbidden'
  /** 404, 410. */
  | 'not-found'
  /** Any other answer that is no success; `status` tells it. */
  | 'refused'
  /** 461: neither way of transport that was tried. */
  | 'transport'
  /** No track in the description that could be read. */
  | 'unsupported'
  /** The peer does not speak RTSP. */
  | 'protocol'
  /** Connected, but no packets came, or they ceased. */
  | 'stalled'
  /** The server ended the stream or the connection. */
  | 'ended';

export interface RtspClosure {
  readonly reason: CloseReason;
  /** Of the answer that ended it. */
  readonly status: number | undefined;
  /** For the log: never holds a password. */
  readonly message: string;
}

export class RtspError extends Error {
  override readonly name = 'RtspError';
  readonly reason: CloseReason;
  readonly status: number | undefined;

  constructor(reason: CloseReason, message: string, status?: number) {
    super(message);
    this.reason = reason;
    this.status = status;
  }
}

/** The error of an answer that is no success. */
export function errorOfStatus(method: string, status: number): RtspError {
  const message = `${method} was answered with ${status}`;
  if (status === 401) return new RtspError('unauthorized', message, status);
  if (status === 403) return new RtspError('forbidden', message, status);
  if (status === 404 || status === 410) return new RtspError('not-found', message, status);
  return new RtspError(status === 461 ? 'transport' : 'refused', message, status);
}
