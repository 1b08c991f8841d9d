/** What a person does with the outbox: put in, and decide about what the server refused. */
import { serverClock } from '@wangge/client';
import { newId } from '@wangge/contract-kit';
import type { PhoneTime } from '@wangge/incidents/contract';
import type { DeedItem, MoveItem, OutboxItem, OutboxPhoto, ReportItem } from './item.ts';
import { changeItem, onOutbox, outboxAccount, outboxChanged, outboxItems, outboxStore } from './kept.ts';
import type { NewPhoto } from './outbox-store.ts';
import { sendNow } from './sender.ts';

type Own =
  | 'accountId'
  | 'seq'
  | 'madeAtMs'
  | 'phone'
  | 'photos'
  | 'state'
  | 'tries'
  | 'notBeforeMs'
  | 'problem'
  | 'sentAtMs';
/** What a tap adds; the rest is the outbox's own. */
export type NewItem = Omit<ReportItem, Own | 'answer'> | Omit<MoveItem, Own> | Omit<DeedItem, Own>;

function phoneTime(nowMs: number): PhoneTime | null {
  const clock = serverClock();
  return clock && { phoneMs: nowMs, clockOffsetMs: clock.offsetMs, contactMs: clock.contactMs };
}

/**
 * Keeps it on the phone and sends it as soon as that can be. Resolves when it is on the disk, and the
 * draft it was made of is gone in the same moment.
 *
 * @throws when the disk is full: nothing was kept, the draft is still there
 */
export async function keepAndSend(
  fresh: NewItem,
  photos: readonly (NewPhoto & OutboxPhoto)[],
  draftKey: string | null = null,
): Promise<void> {
  const accountId = outboxAccount();
  if (accountId === null) throw new Error('nobody is signed in here');
  const nowMs = Date.now();
  const own = {
    accountId,
    // A clock that was set back must not bring a new one before an old one.
    seq: Math.max(nowMs, ...outboxItems().map(({ seq }) => seq + 1)),
    madeAtMs: nowMs,
    phone: phoneTime(nowMs),
    photos: photos.map(({ id, fileId, taken }) => ({ id, fileId, ...(taken ? { taken } : {}) })),
    state: 'waiting',
    tries: 0,
    notBeforeMs: 0,
    problem: null,
    sentAtMs: null,
  } as const;
  const item: OutboxItem = fresh.kind === 'report' ? { ...fresh, ...own, answer: null } : { ...fresh, ...own };
  await outboxStore().add(item, photos, draftKey);
  // What has not arrived yet should not be cleared away when the phone runs out of room.
  void navigator.storage?.persist?.();
  await outboxChanged();
  sendNow();
}

export type Outcome = 'sent' | 'kept' | 'refused' | 'conflict';
const patienceMs = 20_000;

/** What became of it at the first try; `kept` when there is no link, or it takes long. */
export function firstOutcome(id: string): Promise<Outcome> {
  return new Promise((resolve) => {
    const done = (outcome: Outcome): void => {
      clearTimeout(patience);
      stop();
      resolve(outcome);
    };
    const look = (): void => {
      const item = outboxItems().find((each) => each.id === id);
      if (!item) done('kept');
      else if (item.state === 'sent' || item.state === 'refused' || item.state === 'conflict') done(item.state);
      else if (item.tries > 0 || !navigator.onLine) done('kept');
    };
    const patience = setTimeout(() => done('kept'), patienceMs);
    const stop = onOutbox(look);
    look();
  });
}

/** Forgets it: a person's decision. */
export async function discard(id: string): Promise<void> {
  await changeItem(id, () => null);
  sendNow();
}
/** Once more as it is. */
export async function tryAgain(id: string): Promise<void> {
  await changeItem(id, (now) => ({ ...now, state: 'waiting', notBeforeMs: 0, tries: 0, problem: null }));
  sendNow();
}

/** A move all the same, on the task as it is now; what waits behind it follows on it. */
export async function moveAnyway(item: MoveItem, task: MoveItem['seen']): Promise<string> {
  const id = newId();
  // In its place in the queue, under a new key: the old one was answered.
  const fresh = { state: 'waiting', tries: 0, notBeforeMs: 0, problem: null } as const;
  await outboxStore().replace(item.id, { ...item, ...fresh, id, seen: task, version: task.order.version });
  const behind = outboxItems().filter(
    (each) => each.kind === 'move' && each.orderId === item.orderId && each.seq > item.seq && each.state !== 'sent',
  );
  for (const [n, each] of behind.entries()) {
    await changeItem(each.id, (now) =>
      now.kind === 'move' ? { ...now, ...fresh, version: task.order.version + 1 + n } : now,
    );
  }
  await outboxChanged();
  sendNow();
  return id;
}
