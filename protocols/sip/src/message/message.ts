import type { Headers } from './headers.ts';

export interface SipRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface SipResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: Headers;
  readonly body: Buffer;
}

export type SipMessage = SipRequest | SipResponse;

export const noBody = Buffer.alloc(0);

/** Bounds of one message. The largest honest ones are catalogues over TCP, some tens of KB. */
export const limits = { headerBytes: 32 * 1024, headerLines: 200, bodyBytes: 1024 * 1024 } as const;
