/**
 * Drafts on the phone (IndexedDB, photos included): the camera app may make the browser drop this
 * page, a battery may die; what was typed is there again afterwards.
 */
const storeName = 'drafts';
let opening: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('wangge-field', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(storeName);
    request.onerror = () => reject(request.error ?? new Error('IndexedDB is not available'));
    request.onblocked = () => reject(new Error('IndexedDB is blocked'));
    request.onsuccess = () => {
      const db = request.result;
      // A later version of this page in another tab must be able to upgrade.
      db.onversionchange = () => {
        db.close();
        opening = null;
      };
      resolve(db);
    };
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

async function run<T>(mode: IDBTransactionMode, ask: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const db = await open();
  return new Promise<T>((resolve, reject) => {
    const tx = db.transaction(storeName, mode);
    const request = ask(tx.objectStore(storeName));
    // Only the end of the transaction says that it is on the disk.
    tx.oncomplete = () => resolve(request.result);
    tx.onabort = () => reject(tx.error ?? new Error('the draft was not stored'));
    tx.onerror = () => reject(tx.error ?? new Error('the draft was not stored'));
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
    .then((found) => setKeys(new Set(found.map(String))))
    // Without storage there are no drafts to point at; the form itself says that nothing is kept.
    .catch(() => setKeys(none));
}
