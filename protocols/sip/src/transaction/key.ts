import { tagOf } from '../message/address.ts';
import type { SipMessage, SipRequest } from '../message/message.ts';
import { parseCseq, type Via } from '../message/via.ts';

/** Client transactions are found by branch and method (RFC 3261 §17.1.3). */
export function clientKey(message: SipMessage, top: Via): string {
  return `${top.params.get('branch') ?? ''}|${parseCseq(message.headers.get('cseq')).method}`;
}

/** By branch, sender and method (RFC 3261 §17.2.3); peers from before RFC 3261 by the rest of the headers. */
export function serverKey(request: SipRequest, top: Via, method: string): string {
  const branch = top.params.get('branch') ?? '';
  const sender = `${top.host}:${top.port ?? 5060}`;
  if (branch.startsWith('z9hG4bK')) return `${branch}|${sender}|${method}`;
  const { seq } = parseCseq(request.headers.get('cseq'));
  return [request.headers.get('call-id'), seq, tagOf(request.headers.get('from')), branch, sender, method].join('|');
}
