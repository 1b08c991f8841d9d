import type { SipResponse } from './message/message.ts';

/**
 * malformed: bytes that are no SIP message. too-large: a bound was exceeded. timeout: no final answer in time.
 * transport: the bytes could not be sent. rejected: a final answer ≥ 300 (see `status`, `response`).
 * cancelled: given up by this side. closed: the endpoint or the dialog is over. busy: too many transactions.
 */
export type SipErrorCode =
  | 'malformed'
  | 'too-large'
  | 'timeout'
  | 'transport'
  | 'rejected'
  | 'cancelled'
  | 'closed'
  | 'busy';

export class SipError extends Error {
  readonly code: SipErrorCode;
  readonly status: number | undefined;
  readonly response: SipResponse | undefined;

  constructor(code: SipErrorCode, message: string, response?: SipResponse) {
    super(message);
    this.name = 'SipError';
    this.code = code;
    this.status = response?.status;
    this.response = response;
  }
}

export const rejected = (response: SipResponse): SipError =>
  new SipError('rejected', `${response.status} ${response.reason}`, response);
