/** Drafts on the phone, photos included: what was typed is there again after a crash. */
import { inStores } from '../storage/database.ts';

async function run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T | undefined> {
  return inStores<T>(['drafts'], mode, (store, set) => {
    const request = ask(store('drafts'));
    request.onsuccess = () => set(request.result);
  });
}

let keys: ReadonlySet<string> | null = null;
const listeners = new Set<() => void>();
function setKeys(next: ReadonlySet<string>): void {
  keys = next;
  listeners.forEach((tell) => tell());
}
function noteKey(key: string, there: boolean): void {
  if (keys === null || keys.has(key) === there) return;
  setKeys(there ? new Set([...keys, key]) : new Set([...keys].filter((each) => each !== key)));
}

/** @returns null when there is none. @throws when this browser keeps nothing (private window, full disk). */
export async function readDraft<T>(key: string): Promise<T | null> {
  return ((await run('readonly', (store) => store.get(key) as IDBRequest<T | undefined>)) ?? null) as T | null;
}
export async function writeDraft(key: string, draft: unknown): Promise<void> {
  await run('readwrite', (store) => store.put(draft, key));
  noteKey(key, true);
}
export async function dropDraft(key: string): Promise<void> {
  await run('readwrite', (store) => store.delete(key));
  noteKey(key, false);
}

/** The outbox took it in the same moment in which it was sent off. */
export function noteDraftGone(key: string): void {
  noteKey(key, false);
}

/** Keys of the drafts there are; empty until the first look has come back. */
export function draftKeys(): ReadonlySet<string> {
  return keys ?? none;
}
const none: ReadonlySet<string> = new Set();

export function onDraftKeys(listener: () => void): () => void {
  listeners.add(listener);
  if (keys === null) {
    setKeysOnce();
  }
  return () => listeners.delete(listener);
}
function setKeysOnce(): void {
  run('readonly', (store) => store.getAllKeys())
    .then((found) => setKeys(new Set((found ?? []).map(String))))
    // Without storage there are no drafts to point at; the form itself says that nothing is kept.
    .catch(() => setKeys(none));
}
