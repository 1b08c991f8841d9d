import { newId } from '@wangge/contract-kit';
import { readDraft, writeDraft } from '../drafts/draft-store.ts';
import type { DraftPhoto } from '../photos/draft-photo.ts';
import { reportDraftKey, type ReportDraft } from '../report/report-draft.ts';
import type { Page } from '../router/path.ts';
import { taskDraftKey, type TaskDraft } from '../task/task-draft.ts';
import type { OutboxItem } from './item.ts';
import { outboxStore } from './kept.ts';
import { discard } from './outbox.ts';

/** As before it was sent; the smaller size is what the server was to get. */
async function photosOf(item: OutboxItem): Promise<DraftPhoto[]> {
  const photos: DraftPhoto[] = [];
  for (const { id, taken } of item.photos) {
    const blob = await outboxStore().photo(id);
    // Under another name: what is sent next is another thing.
    if (blob) photos.push({ id: newId(), blob, place: null, ...(taken ? { taken } : {}) });
  }
  return photos;
}

/**
 * Turns what the server did not take back into a draft, so that nothing that was typed is lost, and
 * takes it out of the outbox.
 *
 * @returns where to go on with it
 */
export async function giveBack(item: OutboxItem): Promise<Page> {
  if (item.kind === 'deed') {
    await discard(item.id);
    return { name: 'tasks', done: false };
  }
  const photos = await photosOf(item);
  if (item.kind === 'report') {
    const { content } = item;
    const clientKey = newId();
    const draft: ReportDraft = {
      clientKey,
      startedAtMs: content.writtenAtMs ?? item.madeAtMs,
      categoryCode: content.categoryCode,
      description: content.description,
      address: content.address ?? '',
      place: content.place ?? null,
      placeSource: content.place ? 'map' : null,
      selfHandled: content.selfHandled ?? false,
      photos,
    };
    await writeDraft(reportDraftKey(item.accountId, clientKey), draft);
    await discard(item.id);
    return { name: 'report' };
  }
  const { facts, orderId } = item;
  const text = facts.move === 'respond' ? facts.text : 'reason' in facts ? (facts.reason ?? '') : '';
  if (text !== '' && (facts.move === 'respond' || facts.move === 'return' || facts.move === 'arrive')) {
    const key = taskDraftKey(item.accountId, facts.move, orderId);
    // What was typed since is newer.
    if ((await readDraft(key)) === null) await writeDraft(key, { text, photos } satisfies TaskDraft);
  }
  await discard(item.id);
  return { name: 'task', orderId };
}
