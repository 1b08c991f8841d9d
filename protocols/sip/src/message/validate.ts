import type { SipMessage } from './message.ts';
import { parseCseq, parseVia } from './via.ts';

/** Why a message cannot be worked with (RFC 3261 §8.1.1), or undefined. A missing Via means: no answer possible. */
export function faultOf(message: SipMessage): 'via' | 'header' | undefined {
  try {
    parseVia(message.headers.values('via')[0] ?? '');
  } catch {
    return 'via';
  }
  try {
    const { method } = parseCseq(message.headers.get('cseq'));
    if (message.kind === 'request' && method !== message.method) return 'header';
  } catch {
    return 'header';
  }
  const complete = ['from', 'to', 'call-id'].every((name) => (message.headers.get(name) ?? '') !== '');
  return complete ? undefined : 'header';
}
