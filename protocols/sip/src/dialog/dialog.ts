import { parseNameAddr, tagOf } from '../message/address.ts';
import { createRequest, type Content } from '../message/build.ts';
import type { SipMessage, SipRequest, SipResponse } from '../message/message.ts';
import { parseCseq } from '../message/via.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import type { Remote } from '../transport/transport.ts';

export interface InsideParts {
  readonly headers?: Readonly<Record<string, string | number | undefined>> | undefined;
  readonly content?: Content | undefined;
}

/** State of one dialog (RFC 3261 §12). Requests go to the address the peer was met at, whatever its Contact says. */
export class Dialog {
  readonly callId: string;
  /** From of our requests, tag included. */
  readonly local: string;
  /** To of our requests, with the peer's tag when it has one. */
  remote: string;
  readonly localTag: string;
  remoteTag: string;
  peer: Remote;
  #target: string;
  #routes: readonly string[];
  #localSeq: number;
  #remoteSeq: number | undefined;

  constructor(parts: {
    callId: string;
    local: string;
    remote: string;
    peer: Remote;
    target: string;
    routes: readonly string[];
    localSeq: number;
    remoteSeq: number | undefined;
  }) {
    this.callId = parts.callId;
    this.local = parts.local;
    this.remote = parts.remote;
    this.localTag = tagOf(parts.local);
    this.remoteTag = tagOf(parts.remote);
    this.peer = parts.peer;
    this.#target = parts.target;
    this.#routes = parts.routes;
    this.#localSeq = parts.localSeq;
    this.#remoteSeq = parts.remoteSeq;
  }

  /** Of the side that asked (RFC 3261 §12.1.2). */
  static ofAnswer(request: SipRequest, response: SipResponse, peer: Remote): Dialog {
    return new Dialog({
      callId: request.headers.get('call-id') ?? '',
      local: request.headers.get('from') ?? '',
      remote: response.headers.get('to') ?? request.headers.get('to') ?? '',
      peer,
      target: contactUri(response) ?? request.uri,
      routes: response.headers.values('record-route').toReversed(),
      localSeq: parseCseq(request.headers.get('cseq')).seq,
      remoteSeq: undefined,
    });
  }

  /** Of the side that answers (RFC 3261 §12.1.1). */
  static ofRequest({ request, localTag, source }: ServerTransaction): Dialog {
    const from = request.headers.get('from') ?? '';
    return new Dialog({
      callId: request.headers.get('call-id') ?? '',
      local: `${request.headers.get('to') ?? ''};tag=${localTag}`,
      remote: from,
      peer: source,
      target: contactUri(request) ?? addressUri(from) ?? request.uri,
      routes: request.headers.values('record-route'),
      localSeq: 0,
      remoteSeq: parseCseq(request.headers.get('cseq')).seq,
    });
  }

  /** The next request of this side. */
  createRequest(method: string, parts: InsideParts = {}): SipRequest {
    return this.#create(method, ++this.#localSeq, parts);
  }

  /** ACK of a 2xx carries the INVITE's number. */
  createAck(seq: number): SipRequest {
    return this.#create('ACK', seq, {});
  }

  /** False for a request older than the last (RFC 3261 §12.2.2). A target refresh moves the Contact. */
  accept(request: SipRequest): boolean {
    const { seq } = parseCseq(request.headers.get('cseq'));
    if (this.#remoteSeq !== undefined && seq < this.#remoteSeq) return false;
    this.#remoteSeq = seq;
    if (request.method !== 'BYE') this.refreshTarget(request);
    return true;
  }

  refreshTarget(message: SipMessage): void {
    this.#target = contactUri(message) ?? this.#target;
  }

  #create(method: string, cseq: number, { headers, content }: InsideParts): SipRequest {
    const { local: from, remote: to, callId } = this;
    const request = createRequest({ method, uri: this.#target, from, to, callId, cseq, headers, content });
    for (const route of this.#routes) request.headers.add('route', route);
    return request;
  }
}

function contactUri(message: SipMessage): string | undefined {
  return addressUri(message.headers.values('contact')[0]);
}

function addressUri(value: string | undefined): string | undefined {
  try {
    const { uri } = parseNameAddr(value ?? '');
    return /^sips?:[^\s<>]{1,1000}$/i.test(uri) ? uri : undefined;
  } catch {
    return undefined;
  }
}
