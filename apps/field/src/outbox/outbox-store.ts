/** Where what waits to be sent is kept: on the disk, or where the browser forbids that, in memory. */
import { entriesOf, inStores } from '../storage/database.ts';
import type { OutboxItem } from './item.ts';

export interface NewPhoto {
  readonly id: string;
  readonly blob: Blob;
}
type Step = (now: OutboxItem) => OutboxItem | null;

export interface OutboxStore {
  /** False: gone with the page. */
  readonly lasting: boolean;
  all(): Promise<readonly OutboxItem[]>;
  /** Adds it with its photos and drops the draft it was made of, all or nothing. One that is there already stays. */
  add(item: OutboxItem, photos: readonly NewPhoto[], draftKey: string | null): Promise<void>;
  /** One step from what is stored now; null removes it. What is gone stays gone. Its photos go once it is sent. */
  change(id: string, step: Step): Promise<OutboxItem | null>;
  /** Another one in its place, with the same photos, all or nothing. */
  replace(id: string, item: OutboxItem): Promise<void>;
  photo(id: string): Promise<Blob | null>;
}

/** Photos are needed no more. */
const isDone = (item: OutboxItem | null): boolean => item === null || item.state === 'sent';

export const diskStore: OutboxStore = {
  lasting: true,
  all: async () => [...(await entriesOf<OutboxItem>('outbox')).values()].toSorted((a, b) => a.seq - b.seq),
  async add(item, photos, draftKey) {
    await inStores<void>(['outbox', 'outbox-photos', 'drafts'], 'readwrite', (store) => {
      const items = store('outbox');
      const existing = items.get(item.id) as IDBRequest<OutboxItem | undefined>;
      existing.onsuccess = () => {
        if (existing.result === undefined) {
          items.put(item, item.id);
          for (const { id, blob } of photos) store('outbox-photos').put(blob, id);
        }
        if (draftKey !== null) store('drafts').delete(draftKey);
      };
    });
  },
  async change(id, step) {
    const changed = await inStores<OutboxItem | null>(['outbox', 'outbox-photos'], 'readwrite', (store, set) => {
      const items = store('outbox');
      const existing = items.get(id) as IDBRequest<OutboxItem | undefined>;
      existing.onsuccess = () => {
        const now = existing.result;
        if (now === undefined) return set(null);
        const next = step(now);
        if (next === null) items.delete(id);
        else items.put(next, id);
        if (isDone(next)) for (const photo of now.photos) store('outbox-photos').delete(photo.id);
        set(next);
      };
    });
    return changed ?? null;
  },
  async replace(id, item) {
    await inStores<void>(['outbox'], 'readwrite', (store) => {
      store('outbox').delete(id);
      store('outbox').put(item, item.id);
    });
  },
  async photo(id) {
    const found = await inStores<Blob | undefined>(['outbox-photos'], 'readonly', (store, set) => {
      const request = store('outbox-photos').get(id) as IDBRequest<Blob | undefined>;
      request.onsuccess = () => set(request.result);
    });
    return found ?? null;
  },
};

export function memoryStore(): OutboxStore {
  const items = new Map<string, OutboxItem>();
  const blobs = new Map<string, Blob>();
  return {
    lasting: false,
    all: () => Promise.resolve([...items.values()].toSorted((a, b) => a.seq - b.seq)),
    add(item, photos) {
      if (!items.has(item.id)) {
        items.set(item.id, item);
        for (const { id, blob } of photos) blobs.set(id, blob);
      }
      return Promise.resolve();
    },
    change(id, step) {
      const now = items.get(id);
      if (!now) return Promise.resolve(null);
      const next = step(now);
      if (next === null) items.delete(id);
      else items.set(id, next);
      if (isDone(next)) for (const photo of now.photos) blobs.delete(photo.id);
      return Promise.resolve(next);
    },
    replace(id, item) {
      items.delete(id);
      items.set(item.id, item);
      return Promise.resolve();
    },
    photo: (id) => Promise.resolve(blobs.get(id) ?? null),
  };
}
