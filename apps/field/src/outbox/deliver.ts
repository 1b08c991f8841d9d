import { call, CallError, uploadInParts } from '@wangge/client';
import type { RouteOutput } from '@wangge/contract-kit';
import { moveOrder, type Task } from '@wangge/dispatch/contract';
import { reportIncident } from '@wangge/incidents/contract';
import { sendDeed } from '../deeds/deed.ts';
import type { OutboxItem } from './item.ts';

export type Delivered =
  | { readonly kind: 'report'; readonly answer: RouteOutput<typeof reportIncident> }
  | { readonly kind: 'move'; readonly task: Task }
  | { readonly kind: 'deed' };

interface Ways {
  /** A photo's bytes; null when the phone has lost them. */
  readonly photo: (id: string) => Promise<Blob | null>;
  /** Stores at once that a photo has arrived, so that the next try goes on behind it. */
  readonly arrived: (photoId: string, fileId: string) => Promise<void>;
}

const lost = {
  zh: '照片已不在这部手机上，可能被系统清理了。',
  en: 'The photo is no longer on this phone; the system may have cleared it away.',
};

/**
 * Sends photos, one after the other (a weak uplink carries one), then the thing itself under its key.
 * Trying again is always safe.
 *
 * @throws CallError
 */
export async function deliver(item: OutboxItem, { photo, arrived }: Ways): Promise<Delivered> {
  const photoIds: string[] = [];
  for (const each of item.photos) {
    if (each.fileId !== null) {
      photoIds.push(each.fileId);
      continue;
    }
    const blob = await photo(each.id);
    if (!blob) throw new CallError('gone', lost, { field: 'photos' });
    const { fileId } = await uploadInParts(each.id, blob, { taken: each.taken });
    await arrived(each.id, fileId);
    photoIds.push(fileId);
  }
  if (item.kind === 'deed') {
    await sendDeed(item.deed, item.id, item.phone, photoIds);
    return { kind: 'deed' };
  }
  const phone = item.phone ? { phone: item.phone } : {};
  if (item.kind === 'report') {
    const body = { ...item.content, clientKey: item.id, photoIds, ...phone };
    return { kind: 'report', answer: await call(reportIncident, { body }) };
  }
  const facts = item.facts.move === 'respond' ? { ...item.facts, photoIds } : item.facts;
  const body = { ...facts, version: item.version, clientKey: item.id, ...phone };
  return { kind: 'move', task: await call(moveOrder, { params: { id: item.orderId }, body }) };
}
