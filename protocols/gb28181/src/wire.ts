import {
  createRequest,
  exchange,
  newCallId,
  newCseq,
  newTag,
  SipError,
  type Content,
  type Remote,
  type SipEndpoint,
  type SipRequest,
} from '@wangge/sip';
import { GbError } from './error.ts';
import { decodeMessage, encodeMessage, type GbMessage, type OtherMessage } from './message/codec.ts';
import type { Charset } from './xml/encoding.ts';

/** 2016 is "2.0", 2022 is "3.0" (GB/T 28181-2022 annex I). */
export type GbVersion = '2.0' | '3.0';

/** How one side addresses the other. */
export interface Peer {
  /** Number of this side and its domain, for From. */
  readonly localId: string;
  readonly localDomain: string;
  readonly remote: Remote;
  readonly charset: Charset;
  readonly version: GbVersion;
}

export const mansCdp = 'Application/MANSCDP+xml';
export const mansRtsp = 'Application/MANSRTSP';
export const sdpType = 'APPLICATION/SDP';

export const uriOf = (id: string, remote: Remote): string => {
  const host = remote.host.includes(':') ? `[${remote.host}]` : remote.host;
  return `sip:${id}@${host}:${remote.port}`;
};
export const fromOf = (peer: Peer): string => `<sip:${peer.localId}@${peer.localDomain}>`;

export const messageContent = (message: GbMessage, charset: Charset): Content => ({
  type: mansCdp,
  body: encodeMessage(message, charset),
});

/**
 * Sends one MANSCDP message to `targetId` and waits for the SIP answer.
 *
 * @throws GbError `refused` with the status, SipError when there is no answer
 */
export async function sendMessage(
  endpoint: SipEndpoint,
  peer: Peer,
  targetId: string,
  message: GbMessage,
): Promise<void> {
  const uri = uriOf(targetId, peer.remote);
  const request = createRequest({
    method: 'MESSAGE',
    uri,
    from: `${fromOf(peer)};tag=${newTag()}`,
    to: `<${uri}>`,
    callId: newCallId(),
    cseq: newCseq(),
    headers: { 'x-gb-ver': peer.version },
    content: messageContent(message, peer.charset),
  });
  const { status, reason } = await exchange(endpoint, request, peer.remote);
  if (status >= 300) throw new GbError('refused', `${message.type}: ${status} ${reason}`, status);
}

/** What went wrong in SIP, in this package's terms. */
export function asGbError(error: unknown): unknown {
  if (!(error instanceof SipError)) return error;
  if (error.code === 'rejected') return new GbError('refused', error.message, error.status);
  return error.code === 'timeout' ? new GbError('timeout', error.message) : new GbError('closed', error.message);
}

/** The MANSCDP message of a request; undefined when its body is something else or cannot be read. */
export function messageOf(request: SipRequest): GbMessage | OtherMessage | undefined {
  if (request.body.length === 0) return undefined;
  try {
    return decodeMessage(request.body);
  } catch {
    return undefined;
  }
}
