/** From incidents to what a receipt page shows. */
import { areaIndex } from '@wangge/areas';
import {
  categoriesOf,
  findRecord,
  incidentForReceipt,
  readIncident,
  receiptToken,
  type ReceiptView as Progress,
  rootOf,
} from '@wangge/incidents';
import { sql, type Tx } from '@wangge/kernel';
import type { OwnReport } from '../pages/follow.ts';
import type { ReceiptView } from '../pages/receipt-view.ts';
import { phoneIndexOf } from '../phone-codes.ts';
import { receiptsOfPhone } from '../receipts.ts';
import { objectionMs } from '../rules.ts';

/** A receipt's address part; anything else is not looked up. */
export function isToken(text: string): boolean {
  return /^[\w-]{16,64}$/.test(text);
}

async function nameOfCategory(tx: Tx, code: string): Promise<{ zh: string; en: string }> {
  return (await categoriesOf(tx)).get(code)?.name ?? { zh: code, en: code };
}
function nameOfArea(tx: Tx, areaId: string | null): string {
  const index = areaIndex(tx.rt);
  const area = areaId === null ? null : index.get(areaId);
  if (!area) return '';
  const parent = area.parentId === null ? null : index.get(area.parentId);
  // Towns often put the grid's name into the micro-grid's.
  const within = parent && area.level !== 'village' && !area.name.startsWith(parent.name);
  return within ? `${parent.name} ${area.name}` : area.name;
}
const openStates = new Set(['reported', 'accepted', 'registered', 'handling', 'reopen-requested']);

async function ownView(tx: Tx, progress: Progress, token: string): Promise<ReceiptView> {
  const lastAnswer = progress.steps.findLastIndex((s) => s.move === 'reject' || s.move === 'refuse-reopen');
  return {
    token,
    number: progress.number,
    state: progress.state,
    category: await nameOfCategory(tx, progress.categoryCode),
    placeName: [nameOfArea(tx, progress.areaId), progress.address].filter(Boolean).join(' · '),
    reportedAtMs: progress.reportedAtMs,
    updatedAtMs: progress.steps.at(-1)?.atMs ?? progress.reportedAtMs,
    deadlineMs: progress.deadlineMs,
    overdue:
      progress.deadlineMs !== null &&
      openStates.has(progress.mergedState ?? progress.state) &&
      progress.deadlineMs < tx.nowMs,
    description: progress.description,
    photoCount: progress.photos.length,
    steps: progress.steps.map((s, i) => ({
      atMs: s.atMs,
      move: s.move,
      reason: i === lastAnswer ? progress.toldReason : null,
    })),
    rating: progress.rating,
    may: { rate: progress.canRate, withdraw: progress.canWithdraw, object: progress.canObject },
    objectUntilMs: progress.canObject && progress.closedAtMs !== null ? progress.closedAtMs + objectionMs : null,
    mergedState: progress.mergedState,
  };
}

/** The report behind a receipt's token, with its identity; null for a token that is none. */
export async function reportByToken(
  tx: Tx,
  token: string,
): Promise<{ id: string; handledId: string; view: ReceiptView } | null> {
  const progress = isToken(token) ? await incidentForReceipt(tx, { token }) : null;
  if (!progress) return null;
  return {
    id: progress.id,
    handledId: progress.mergedIntoId ?? progress.id,
    view: await ownView(tx, progress, token),
  };
}

/** Token of the report with this number that this phone made; the phone was verified. */
export async function tokenByNumber(tx: Tx, number: string, phone: string): Promise<string | null> {
  const progress = await incidentForReceipt(tx, { number, phone });
  return progress && receiptToken(tx.rt, progress.id);
}

/**
 * What somebody affected may see of another's report: of a public category, its progress and its
 * micro-grid; no words, no address, no photo.
 */
export async function publicProgress(tx: Tx, number: string): Promise<{ id: string; view: ReceiptView } | null> {
  const found = await tx.maybe<{ id: string }>(sql`select id from incidents_incidents where number = ${number}`);
  if (!found) return null;
  const own = await findRecord(tx, found.id);
  const record = own.mergedInto === null ? own : await findRecord(tx, await rootOf(tx, own.id));
  const categories = await categoriesOf(tx);
  const category = categories.get(record.categoryCode);
  if (!category?.public || categories.get(own.categoryCode)?.public !== true) return null;
  const { timeline } = await readIncident(tx, record.id);
  const object =
    (record.state === 'closed' || record.state === 'rejected') &&
    record.endedMs !== null &&
    tx.nowMs - record.endedMs <= objectionMs;
  return {
    id: record.id,
    view: {
      token: null,
      number: own.number,
      state: own.state,
      category: category.name,
      placeName: nameOfArea(tx, record.areaId),
      reportedAtMs: own.reportedMs,
      updatedAtMs: record.updatedMs,
      deadlineMs: record.deadlineMs,
      overdue: record.deadlineMs !== null && openStates.has(record.state) && record.deadlineMs < tx.nowMs,
      description: null,
      photoCount: 0,
      steps: timeline.map((entry) => ({ atMs: entry.atMs, move: entry.move, reason: null })),
      rating: null,
      may: { rate: false, withdraw: false, object },
      objectUntilMs: object && record.endedMs !== null ? record.endedMs + objectionMs : null,
      mergedState: own.mergedInto === null ? null : record.state,
    },
  };
}

/** What this phone reported here, newest first. */
export async function ownReports(tx: Tx, phone: string): Promise<OwnReport[]> {
  const reports: OwnReport[] = [];
  for (const { incidentId } of await receiptsOfPhone(tx, phoneIndexOf(tx.rt, phone), 20)) {
    const record = await findRecord(tx, incidentId);
    reports.push({
      token: receiptToken(tx.rt, incidentId),
      number: record.number,
      category: await nameOfCategory(tx, record.categoryCode),
      state: record.state,
      reportedAtMs: record.reportedMs,
    });
  }
  return reports;
}
