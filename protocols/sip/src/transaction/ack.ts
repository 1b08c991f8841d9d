import { Headers } from '../message/headers.ts';
import { noBody, type SipRequest, type SipResponse } from '../message/message.ts';
import { parseCseq } from '../message/via.ts';

/** The ACK of an answer ≥ 300: same branch as the INVITE, To as answered (RFC 3261 §17.1.1.3). */
export function buildAck(invite: SipRequest, response: SipResponse): SipRequest {
  return sibling('ACK', invite, response.headers.get('to') ?? invite.headers.get('to') ?? '');
}

/** CANCEL of a pending INVITE: same branch, number and To (RFC 3261 §9.1). */
export function buildCancel(invite: SipRequest): SipRequest {
  return sibling('CANCEL', invite, invite.headers.get('to') ?? '');
}

function sibling(method: string, invite: SipRequest, to: string): SipRequest {
  const headers = new Headers()
    .add('via', invite.headers.values('via')[0] ?? '')
    .add('from', invite.headers.get('from') ?? '')
    .add('to', to)
    .add('call-id', invite.headers.get('call-id') ?? '')
    .add('cseq', `${parseCseq(invite.headers.get('cseq')).seq} ${method}`)
    .add('max-forwards', 70);
  for (const route of invite.headers.all('route')) headers.add('route', route);
  return { kind: 'request', method, uri: invite.uri, headers, body: noBody };
}
