/** One instruction to all members of a grid, who has read it, and reminding those who have not. */
import { areaIndex } from '@wangge/areas';
import { AppError } from '@wangge/contract-kit';
import { asPlatform, correctedTime, summaryOf } from '@wangge/incidents';
import type { PhoneTime, Photo } from '@wangge/incidents/contract';
import { claimPhotos, photosOf, reachOf, type Tx } from '@wangge/kernel';
import { tellAccounts } from '@wangge/notify';
import { membersFor } from '@wangge/staff';
import { instructionChanged, type InstructionWithReceipts, type MyInstruction } from '../contract.ts';
import { firstRequest } from '../store.ts';
import { toRemind } from './rules.ts';
import {
  findInstruction,
  insertInstruction,
  type InstructionRow,
  instructionsTo,
  latestInstructions,
  markReceipt,
  markReminded,
  receiptsOf,
} from './store.ts';

const photoKind = 'instruction';
const shownMs = 30 * 86_400_000;

/** Photos of instructions, by instruction. */
async function photosFor(tx: Tx, ids: readonly string[]): Promise<Map<string, Photo[]>> {
  const found = await photosOf(tx, photoKind, [...ids]);
  return new Map([...found].map(([id, list]) => [id, list.map((photo) => ({ ...photo, purpose: 'report' as const }))]));
}

function shown(i: InstructionRow, photos: ReadonlyMap<string, Photo[]>) {
  return {
    id: i.id,
    atMs: i.atMs,
    authorName: i.authorName,
    areaName: i.areaName,
    text: i.text,
    place: i.lon === null || i.lat === null ? null : { lon: i.lon, lat: i.lat },
    needsConfirm: i.needsConfirm,
    photos: photos.get(i.id) ?? [],
  };
}

async function withReceipts(tx: Tx, list: readonly InstructionRow[]): Promise<InstructionWithReceipts[]> {
  const ids = list.map((i) => i.id);
  return asPlatform(tx, async () => {
    const receipts = await receiptsOf(tx, ids);
    const photos = await photosFor(tx, ids);
    return list.map((i) => {
      const own = receipts.filter((r) => r.instructionId === i.id);
      return {
        ...shown(i, photos),
        receipts: own.map((r) => ({
          accountId: r.accountId,
          name: r.name,
          toldAtMs: r.toldAtMs,
          readAtMs: r.readAtMs,
          confirmedAtMs: r.confirmedAtMs,
          reminders: r.reminders,
          remindedAtMs: r.remindedAtMs,
        })),
        mayRemind: toRemind(i, own, tx.nowMs).length > 0,
      };
    });
  });
}

function announce(tx: Tx, i: InstructionRow, accountIds: readonly string[]): void {
  const scope = { areaPath: '-', subjectId: i.id, accountIds: [...new Set([i.authorId, ...accountIds])] };
  tx.emit(instructionChanged, { instructionId: i.id }, scope);
}

async function tell(tx: Tx, i: InstructionRow, accountIds: readonly string[], nth: number): Promise<void> {
  const params = { name: i.authorName, summary: summaryOf(i.text, 40) };
  await tellAccounts(
    tx,
    accountIds.map((accountId) => ({
      accountId,
      template: nth === 0 ? ('instruction.given' as const) : ('instruction.reminder' as const),
      params,
      subject: { kind: 'instruction', id: i.id },
      onceKey: `instruction:${i.id}:${nth === 0 ? 'given' : `${tx.nowMs}`}`,
    })),
  );
}

export interface NewInstruction {
  readonly clientKey: string;
  readonly areaId?: string | undefined;
  readonly text: string;
  readonly place?: { readonly lon: number; readonly lat: number } | undefined;
  readonly photoIds: readonly string[];
  readonly needsConfirm: boolean;
}

/**
 * The key is the instruction's name, so that the same click again finds it.
 *
 * @throws AppError `not-found` (no such area), `forbidden` (not one's own), `guard-failed` (nobody is there)
 */
export async function giveInstruction(tx: Tx, told: NewInstruction): Promise<InstructionWithReceipts> {
  const authorId = tx.actor.id ?? '';
  const areaId = told.areaId ?? tx.actor.posts[0]?.areaId ?? '';
  const area = areaIndex(tx.rt).get(areaId);
  if (!area) throw new AppError('not-found', { field: 'areaId' });
  tx.rt.authorise(tx.actor, 'dispatch.instruct', { areaPath: area.path });
  await asPlatform(tx, async () => {
    const members = (await membersFor(tx, area.path)).filter(
      (m) =>
        (m.role === 'grid-member' || m.role === 'micro-grid-member') &&
        m.areaPath.startsWith(area.path) &&
        m.accountId !== authorId,
    );
    const people = [...new Map(members.map((m) => [m.accountId, { id: m.accountId, name: m.name }])).values()];
    if (people.length === 0) throw new AppError('guard-failed', { field: 'areaId', details: { guard: 'somebody' } });
    const row: InstructionRow = {
      id: told.clientKey,
      atMs: tx.nowMs,
      authorId,
      authorName: tx.actor.name,
      areaPath: area.path,
      areaName: area.name,
      text: told.text,
      lon: told.place?.lon ?? null,
      lat: told.place?.lat ?? null,
      needsConfirm: told.needsConfirm,
    };
    if (!(await insertInstruction(tx, { ...row, photos: told.photoIds.length }, people))) {
      if ((await findInstruction(tx, told.clientKey)).authorId !== authorId) throw new AppError('key-reused');
      return;
    }
    if (told.photoIds.length > 0) await claimPhotos(tx, [...told.photoIds], { kind: photoKind, id: row.id });
    const ids = people.map((p) => p.id);
    await tell(tx, row, ids, 0);
    announce(tx, row, ids);
  });
  const [view] = await withReceipts(tx, [await findInstruction(tx, told.clientKey)]);
  if (!view) throw new AppError('not-found');
  return view;
}

export async function listInstructions(tx: Tx): Promise<InstructionWithReceipts[]> {
  const { accountId, areaPaths } = reachOf(tx.actor);
  return withReceipts(tx, await latestInstructions(tx, accountId, areaPaths));
}

/** @throws AppError `not-found`, `forbidden`, `guard-failed` (all have, or were reminded just now) */
export async function remind(
  tx: Tx,
  id: string,
  clientKey: string | undefined,
): Promise<{ instruction: InstructionWithReceipts; reminded: number }> {
  const row = await findInstruction(tx, id);
  tx.rt.authorise(tx.actor, 'dispatch.instruct', { areaPath: row.areaPath });
  const reminded = await asPlatform(tx, async () => {
    if (clientKey !== undefined && !(await firstRequest(tx, id, clientKey, 'remind'))) return 0;
    const people = toRemind(row, await receiptsOf(tx, [id]), tx.nowMs).map((r) => r.accountId);
    if (people.length === 0) throw new AppError('guard-failed', { details: { move: 'remind', guard: 'somebody' } });
    await markReminded(tx, id, people);
    await tell(tx, row, people, 1);
    announce(tx, row, people);
    return people.length;
  });
  const [instruction] = await withReceipts(tx, [row]);
  if (!instruction) throw new AppError('not-found');
  return { instruction, reminded };
}

export async function listMyInstructions(tx: Tx): Promise<MyInstruction[]> {
  const rows = await instructionsTo(tx, tx.actor.id, tx.nowMs - shownMs);
  const photos = await photosFor(
    tx,
    rows.map((r) => r.id),
  );
  return rows.map((r) => ({ ...shown(r, photos), readAtMs: r.readAtMs, confirmedAtMs: r.confirmedAtMs }));
}

/** Reading again changes nothing. @throws AppError `not-found` for whom it was not given to */
export async function acknowledgeInstruction(
  tx: Tx,
  id: string,
  told: { readonly phone?: PhoneTime | undefined; readonly confirmed: boolean },
): Promise<MyInstruction> {
  const row = await findInstruction(tx, id);
  const time = told.phone ? correctedTime(told.phone, tx.nowMs, row.atMs) : null;
  const changed = await asPlatform(tx, () => markReceipt(tx, id, time?.atMs ?? tx.nowMs, told.confirmed));
  if (changed) announce(tx, row, tx.actor.id === null ? [] : [tx.actor.id]);
  const mine = (await listMyInstructions(tx)).find((i) => i.id === id);
  if (!mine) throw new AppError('not-found');
  return mine;
}
