import { tagOf } from '../message/address.ts';
import type { SipRequest } from '../message/message.ts';
import type { ServerTransaction } from '../transaction/server.ts';

/** What the endpoint gives the requests of one dialog to. */
export interface DialogUser {
  readonly callId: string;
  readonly localTag: string;
  /** '' while the peer has not named one, or never does (before RFC 3261). */
  readonly remoteTag: string;
  readonly receive: (transaction: ServerTransaction) => void | Promise<void>;
  readonly receiveAck: (ack: SipRequest) => void;
  readonly close: () => void;
}

/** Methods that make no sense outside a dialog: they find theirs by Call-ID even when the tags are wrong. */
const inside = new Set(['ACK', 'BYE', 'INFO', 'NOTIFY', 'UPDATE']);

/** The dialogs of one endpoint. */
export class DialogTable {
  readonly #byCall = new Map<string, DialogUser[]>();

  get size(): number {
    let size = 0;
    for (const users of this.#byCall.values()) size += users.length;
    return size;
  }

  add(user: DialogUser): void {
    const users = this.#byCall.get(user.callId);
    if (users) users.push(user);
    else this.#byCall.set(user.callId, [user]);
  }

  remove(user: DialogUser): void {
    const users = (this.#byCall.get(user.callId) ?? []).filter((one) => one !== user);
    if (users.length > 0) this.#byCall.set(user.callId, users);
    else this.#byCall.delete(user.callId);
  }

  /** RFC 3261 §12.2.2; devices that lose or swap tags are still understood while their Call-ID leaves no doubt. */
  find(request: SipRequest): DialogUser | undefined {
    const users = this.#byCall.get(request.headers.get('call-id') ?? '');
    if (!users) return undefined;
    const local = tagOf(request.headers.get('to'));
    const remote = tagOf(request.headers.get('from'));
    const ours = users.filter((user) => user.localTag === local);
    const exact = ours.find((user) => user.remoteTag === remote) ?? ours.find((user) => user.remoteTag === '');
    if (exact) return exact;
    if (ours.length === 1) return ours[0];
    return users.length === 1 && inside.has(request.method) ? users[0] : undefined;
  }

  closeAll(): void {
    for (const user of [...this.#byCall.values()].flat()) user.close();
    this.#byCall.clear();
  }
}
