/**
 * What stays on the phone (IndexedDB): drafts, what waits to be sent with its photos, and the last
 * answers. The camera app may make the browser drop this page, a battery may die; it is there again.
 */
const storeNames = ['drafts', 'outbox', 'outbox-photos', 'answers'] as const;
export type StoreName = (typeof storeNames)[number];
const version = 2;
let opening: Promise<IDBDatabase> | null = null;

function open(): Promise<IDBDatabase> {
  opening ??= new Promise<IDBDatabase>((resolve, reject) => {
    const request = indexedDB.open('wangge-field', version);
    request.onupgradeneeded = () => {
      for (const name of storeNames) {
        if (!request.result.objectStoreNames.contains(name)) request.result.createObjectStore(name);
      }
    };
    request.onerror = () => reject(request.error ?? new Error('IndexedDB is not available'));
    request.onblocked = () => reject(new Error('IndexedDB is blocked'));
    request.onsuccess = () => {
      const db = request.result;
      const forget = (): void => {
        opening = null;
      };
      // A later version of this page in another tab must be able to upgrade.
      db.onversionchange = () => {
        db.close();
        forget();
      };
      // The browser took it away (storage cleared, or out of memory): the next use opens it anew.
      db.onclose = forget;
      resolve(db);
    };
  }).catch((error: unknown) => {
    opening = null;
    throw error;
  });
  return opening;
}

/**
 * One transaction over some stores. `work` asks for what it wants and sets the result when it has it;
 * the promise resolves once all of it is on the disk.
 *
 * @throws when this browser keeps nothing (private window, full disk); then nothing of it was written
 */
export async function inStores<T>(
  names: readonly StoreName[],
  mode: IDBTransactionMode,
  work: (store: (name: StoreName) => IDBObjectStore, set: (result: T) => void) => void,
): Promise<T | undefined> {
  const db = await open();
  return new Promise<T | undefined>((resolve, reject) => {
    // Strict: the browser says "done" only after the disk did, for a phone whose battery dies next.
    const tx = db.transaction([...names], mode, mode === 'readwrite' ? { durability: 'strict' } : {});
    let result: T | undefined;
    const fail = (): void => reject(tx.error ?? new Error('it was not stored on this phone'));
    tx.oncomplete = () => resolve(result);
    tx.onabort = fail;
    tx.onerror = fail;
    work(
      (name) => tx.objectStore(name),
      (value) => {
        result = value;
      },
    );
  });
}

/** Everything in a store, by its key. */
export async function entriesOf<T>(name: StoreName): Promise<ReadonlyMap<string, T>> {
  const found = new Map<string, T>();
  await inStores<void>([name], 'readonly', (store) => {
    const request = store(name).openCursor();
    request.onsuccess = () => {
      const cursor = request.result;
      if (!cursor) return;
      found.set(String(cursor.key), cursor.value as T);
      cursor.continue();
    };
  });
  return found;
}
