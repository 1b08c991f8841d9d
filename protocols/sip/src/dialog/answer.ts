import type { SipEndpoint } from '../endpoint.ts';
import { SipError } from '../error.ts';
import type { Content } from '../message/build.ts';
import type { ServerTransaction } from '../transaction/server.ts';
import { Call } from './call.ts';
import { Dialog } from './dialog.ts';

export interface AnswerOptions {
  readonly contact: string;
  readonly content?: Content | undefined;
  readonly headers?: Readonly<Record<string, string | number | undefined>> | undefined;
}

/**
 * Takes a call (RFC 3261 §13.3): 200, repeated until the ACK. Ringing or a refusal is `transaction.respond`.
 *
 * @throws SipError `cancelled` when the caller has given up or another answer was given
 */
export function answerCall(
  endpoint: SipEndpoint,
  transaction: ServerTransaction,
  { contact, content, headers }: AnswerOptions,
): { call: Call; acknowledged: Promise<void> } {
  if (transaction.answered) throw new SipError('cancelled', 'INVITE');
  const call = new Call(endpoint, Dialog.ofRequest(transaction), contact, content);
  transaction.respond({ status: 200, headers: { contact, ...headers }, content });
  return { call, acknowledged: call.awaitAck(transaction) };
}
