/** Sends what waits, oldest first, from one tab at a time, for as long as somebody is signed in. */
import { CallError } from '@wangge/client';
import { deliver, type Delivered } from './deliver.ts';
import type { OutboxItem } from './item.ts';
import {
  changeItem,
  hideOutbox,
  lastHeardOfOutboxMs,
  outboxAccount,
  outboxChanged,
  outboxItems,
  outboxStore,
  showOutboxOf,
} from './kept.ts';
import { afterFailure, nextToSend } from './queue.ts';

export interface OutboxEvents {
  readonly sent: (item: OutboxItem, delivered: Delivered) => void;
  /** The session has ended. */
  readonly signedOut: () => void;
}

/** What has arrived is shown for a day. */
const shownMs = 86_400_000;
const firstPauseMs = 1000;
const longestPauseMs = 30_000;
/** Another tab sends: look again whether it still does. */
const otherTabMs = 5000;
/** A tab that holds the lock and says nothing for so long was frozen by the phone. */
const frozenAfterMs = 60_000;
const lockName = 'wangge-outbox';

let events: OutboxEvents | null = null;
let timer: ReturnType<typeof setTimeout> | null = null;
let pauseMs = firstPauseMs;
let draining = false;
let again = false;

/** Sends for this person until the returned function is called. */
export function startSending(accountId: string, tell: OutboxEvents): () => void {
  events = tell;
  const wake = (): void => {
    if (!document.hidden) sendNow();
  };
  addEventListener('online', wake);
  document.addEventListener('visibilitychange', wake);
  showOutboxOf(accountId)
    .then(forgetOld)
    .catch(() => undefined)
    .then(sendNow, sendNow);
  return () => {
    removeEventListener('online', wake);
    document.removeEventListener('visibilitychange', wake);
    if (timer !== null) clearTimeout(timer);
    timer = null;
    events = null;
    hideOutbox();
  };
}

async function forgetOld(): Promise<void> {
  const oldMs = Date.now() - shownMs;
  for (const { id, state, sentAtMs } of outboxItems()) {
    if (state === 'sent' && (sentAtMs ?? 0) < oldMs) await changeItem(id, () => null);
  }
}

/** There may be a link now, or something new: go, without waiting for the pause to end. */
export function sendNow(): void {
  pauseMs = firstPauseMs;
  go();
}

function go(): void {
  if (timer !== null) clearTimeout(timer);
  timer = null;
  if (draining) {
    again = true;
    return;
  }
  if (outboxAccount() === null) return;
  draining = true;
  again = false;
  drainAlone()
    // The disk failed, or another tab took over: what is stored is as it was, and tried again.
    .catch(() => firstPauseMs)
    .then((waitMs) => {
      draining = false;
      if (outboxAccount() === null) return;
      if (again) go();
      else if (waitMs !== null) timer = setTimeout(go, waitMs);
    })
    .catch(() => undefined);
}

/** @returns milliseconds until the next look, null when there is nothing to do */
async function drainAlone(): Promise<number | null> {
  const locks = navigator.locks as LockManager | undefined;
  if (!locks) return drain();
  // A frozen tab that wakes up after its lock was taken may send once more: under the same key, so nothing comes twice.
  const steal = Date.now() - lastHeardOfOutboxMs() > frozenAfterMs;
  return locks.request(lockName, steal ? { steal: true } : { ifAvailable: true }, (lock) => {
    if (lock) return drain();
    return nextToSend(outboxItems(), Date.now()).wakeAtMs === null ? null : otherTabMs;
  });
}

async function drain(): Promise<number | null> {
  const mine = outboxAccount();
  await outboxChanged();
  // Whoever was sending these is gone: this tab has the lock.
  for (const { id, state } of outboxItems()) {
    if (state === 'sending') await changeItem(id, (now) => ({ ...now, state: 'waiting' }));
  }
  while (mine !== null && outboxAccount() === mine) {
    const { item, wakeAtMs } = nextToSend(outboxItems(), Date.now());
    if (!item) return wakeAtMs === null ? null : Math.max(200, wakeAtMs - Date.now());
    if (!(await sendOne(item))) {
      const waitMs = pauseMs;
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
      return waitMs;
    }
    pauseMs = firstPauseMs;
  }
  return null;
}

/** @returns false when the link or the session is gone */
async function sendOne(item: OutboxItem): Promise<boolean> {
  const current = await changeItem(item.id, (now) => (now.state === 'waiting' ? { ...now, state: 'sending' } : now));
  if (current?.state !== 'sending') return true;
  try {
    const delivered = await deliver(current, {
      photo: (id) => outboxStore().photo(id),
      arrived: async (photoId, fileId) => {
        await changeItem(item.id, (now) => withFile(now, photoId, fileId));
      },
    });
    // First where it shows, so that the task does not jump back for a moment.
    events?.sent(current, delivered);
    await changeItem(item.id, (now) => sent(now, delivered));
    return true;
  } catch (error) {
    if (!(error instanceof CallError)) throw error;
    const { state, notBeforeMs, problem, photosGone, stop } = afterFailure(current, error, Date.now());
    await changeItem(item.id, (now) => ({
      ...now,
      state,
      notBeforeMs,
      problem,
      tries: now.tries + 1,
      ...(photosGone ? { photos: now.photos.map((each) => ({ ...each, fileId: null })) } : {}),
    }));
    if (error.code === 'unauthenticated') events?.signedOut();
    return !stop;
  }
}

function withFile(item: OutboxItem, photoId: string, fileId: string): OutboxItem {
  return { ...item, photos: item.photos.map((each) => (each.id === photoId ? { ...each, fileId } : each)) };
}
function sent(item: OutboxItem, delivered: Delivered): OutboxItem {
  const done = { state: 'sent', problem: null, sentAtMs: Date.now() } as const;
  if (item.kind === 'report' && delivered.kind === 'report') return { ...item, ...done, answer: delivered.answer };
  return { ...item, ...done };
}
