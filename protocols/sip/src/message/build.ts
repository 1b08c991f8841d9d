import { Headers } from './headers.ts';
import { noBody, type SipMessage, type SipRequest, type SipResponse } from './message.ts';
import { reasonOf } from './reasons.ts';

export interface Content {
  readonly type: string;
  readonly body: Uint8Array;
}

/** Content of text. */
export const contentOf = (type: string, text: string): Content => ({ type, body: Buffer.from(text, 'utf8') });

/** Bytes for the wire; Content-Length is always written from the body. */
export function serialize(message: SipMessage): Buffer {
  const first =
    message.kind === 'request'
      ? `${message.method} ${message.uri} SIP/2.0\r\n`
      : `SIP/2.0 ${message.status} ${message.reason}\r\n`;
  message.headers.set('content-length', message.body.length);
  const head = Buffer.from(`${first}${message.headers.toString()}\r\n`, 'latin1');
  return message.body.length === 0 ? head : Buffer.concat([head, message.body]);
}

/** Chinese and other text as the "binary" string that `Headers` keeps (UTF-8, RFC 3261 §7.3.1). */
export const headerText = (text: string): string => Buffer.from(text, 'utf8').toString('latin1');

export interface RequestParts {
  readonly method: string;
  readonly uri: string;
  /** From with its tag, To (with a tag inside a dialog): whole header values. */
  readonly from: string;
  readonly to: string;
  readonly callId: string;
  readonly cseq: number;
  readonly headers?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly content?: Content | undefined;
}

/** A request that lacks only its Via, which the endpoint adds (RFC 3261 §8.1.1). */
export function createRequest(parts: RequestParts): SipRequest {
  const headers = new Headers()
    .add('from', parts.from)
    .add('to', parts.to)
    .add('call-id', parts.callId)
    .add('cseq', `${parts.cseq} ${parts.method}`)
    .add('max-forwards', 70);
  addAll(headers, parts.headers);
  return { kind: 'request', method: parts.method, uri: parts.uri, headers, body: putContent(headers, parts.content) };
}

export interface ResponseParts {
  readonly status: number;
  readonly reason?: string | undefined;
  /** Added to To when the request's has none and the status is not 100. */
  readonly toTag?: string | undefined;
  readonly headers?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly content?: Content | undefined;
}

/** The answer to `request`: Via, From, To, Call-ID and CSeq are its own (RFC 3261 §8.2.6). */
export function createResponse(request: SipRequest, parts: ResponseParts): SipResponse {
  const headers = new Headers();
  for (const via of request.headers.all('via')) headers.add('via', via);
  headers.add('from', request.headers.get('from') ?? '');
  const to = request.headers.get('to') ?? '';
  const tagged = parts.status === 100 || !parts.toTag || /;\s*tag\s*=/i.test(to);
  headers.add('to', tagged ? to : `${to};tag=${parts.toTag}`);
  headers.add('call-id', request.headers.get('call-id') ?? '').add('cseq', request.headers.get('cseq') ?? '');
  if (parts.status < 300) for (const hop of request.headers.all('record-route')) headers.add('record-route', hop);
  addAll(headers, parts.headers);
  const reason = parts.reason ?? reasonOf(parts.status);
  return { kind: 'response', status: parts.status, reason, headers, body: putContent(headers, parts.content) };
}

function addAll(headers: Headers, more: RequestParts['headers']): void {
  for (const [name, value] of Object.entries(more ?? {})) if (value !== undefined) headers.add(name, value);
}

function putContent(headers: Headers, content: Content | undefined): Buffer {
  if (!content) return noBody;
  headers.add('content-type', content.type);
  const { body } = content;
  return Buffer.isBuffer(body) ? body : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
}
