/**
 * encoding: bytes that are no text or no XML. message: XML that is no MANSCDP message. value: a number, time, PTZ
 * code or media description that breaks the standard. device: unknown or offline device. refused: the other side
 * answered with an error (`status`). timeout: no answer in time. closed: platform or device was closed.
 */
export type GbErrorCode = 'encoding' | 'message' | 'value' | 'device' | 'refused' | 'timeout' | 'closed';

export class GbError extends Error {
  readonly code: GbErrorCode;
  /** SIP status of a refusal. */
  readonly status: number | undefined;

  constructor(code: GbErrorCode, message: string, status?: number) {
    super(message);
    this.name = 'GbError';
    this.code = code;
    this.status = status;
  }
}
