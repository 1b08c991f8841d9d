/** What the holder of a receipt may see: progress in plain words, nobody's name. */
import { photosOf, type StoredPhoto, type Tx } from '@wangge/kernel';
import { phoneIndex } from '../people.ts';
import { findByNumberAndPhone, findByReceipt, findRecord, type IncidentRecord } from '../record.ts';
import { receiptHash } from '../receipt-token.ts';
import type { IncidentState } from '../states.ts';
import { entriesOf, type EntryRow } from '../store/history.ts';
import { rootOf } from '../store/merges.ts';
import { mayRate, ratedAt, type Rating, ratingOf } from '../store/ratings.ts';
import { asPlatform } from '../platform.ts';
import { movesFor } from '../workflow.ts';

export interface ReceiptView {
  readonly id: string;
  readonly number: string;
  readonly state: IncidentState;
  readonly version: number;
  readonly categoryCode: string;
  readonly description: string;
  readonly address: string | null;
  readonly areaId: string | null;
  readonly reportedAtMs: number;
  readonly closedAtMs: number | null;
  readonly deadlineMs: number | null;
  readonly hasPhone: boolean;
  /** The incident that stayed, where this one was merged: its progress is shown, and it is what one objects to. */
  readonly mergedIntoId: string | null;
  readonly mergedState: IncidentState | null;
  readonly rating: Rating | null;
  /** Moves of the incident and its orders, without names and without inner reasons. */
  readonly steps: readonly { readonly atMs: number; readonly move: string; readonly toState: string | null }[];
  /** Why it was rejected or why reopening was refused: those reasons are told to the reporter. */
  readonly toldReason: string | null;
  readonly photos: readonly StoredPhoto[];
  readonly canWithdraw: boolean;
  /** Also what was judged before, where it was done again since. */
  readonly canRate: boolean;
  /** Within the 15 days; whether this person asked before shows when they do. */
  readonly canObject: boolean;
}

/**
 * Finds a report by the token of its receipt, or by its number and the telephone number it was made
 * with, which the caller has checked by a code.
 */
export async function incidentForReceipt(
  tx: Tx,
  proof: { readonly token: string } | { readonly number: string; readonly phone: string },
): Promise<ReceiptView | null> {
  return asPlatform(tx, async () => {
    const record =
      'token' in proof
        ? await findByReceipt(tx, receiptHash(proof.token))
        : await findByNumberAndPhone(tx, proof.number, phoneIndex(tx.rt, proof.phone));
    return record ? viewOf(tx, record) : null;
  });
}

const toldMoves = new Set(['reject', 'refuse-reopen']);

/** Other reports that joined this one or left it are nobody's progress but theirs. */
const isOwnStep = (e: EntryRow): boolean =>
  e.move === 'merge' ? e.toState === 'merged' : e.move === 'unmerge' ? e.fromState === 'merged' : e.move !== 'note';

/** What is one's own until it was merged, and what became of the one that stayed from then on. */
async function stepsOf(tx: Tx, r: IncidentRecord, root: IncidentRecord | null): Promise<EntryRow[]> {
  const own = (await entriesOf(tx, r.id)).filter(isOwnStep);
  if (!root) return own;
  const mergedAtMs = own.findLast((e) => e.move === 'merge')?.atMs ?? r.reportedMs;
  const shared = await entriesOf(tx, root.id);
  return [...own, ...shared.filter((e) => e.atMs >= mergedAtMs && e.move !== 'report' && isOwnStep(e))];
}

async function viewOf(tx: Tx, r: IncidentRecord): Promise<ReceiptView> {
  const root = r.mergedInto === null ? null : await findRecord(tx, await rootOf(tx, r.id));
  const main = root ?? r;
  const entries = await stepsOf(tx, r, root);
  const photos = (await photosOf(tx, 'incident', [r.id])).get(r.id) ?? [];
  const moves = movesFor(['reporter'], { state: main.state, nowMs: tx.nowMs, endedAtMs: main.endedMs });
  const rating = ratingOf(r);
  return {
    id: r.id,
    number: r.number,
    state: r.state,
    version: r.version,
    categoryCode: r.categoryCode,
    description: r.description,
    address: r.address,
    areaId: r.areaId,
    reportedAtMs: r.reportedMs,
    closedAtMs: main.closedMs,
    deadlineMs: main.deadlineMs,
    hasPhone: r.reporterPhone !== null,
    mergedIntoId: root?.id ?? null,
    mergedState: root?.state ?? null,
    rating,
    steps: entries.map((e) => ({ atMs: e.atMs, move: e.move, toState: e.toState })),
    toldReason: entries.findLast((e) => toldMoves.has(e.move))?.reason ?? null,
    photos,
    canWithdraw: !root && moves.includes('withdraw'),
    canRate: mayRate(main, rating, rating === null ? null : await ratedAt(tx, r.id)),
    canObject: moves.includes('ask-reopen'),
  };
}

/** A person without an account, for "once per person". */
export function phoneKey(tx: Tx, phone: string): string {
  return `phone:${phoneIndex(tx.rt, phone)}`;
}
