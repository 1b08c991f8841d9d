/** Calls for help as the contract shows them; each first look at a position or a telephone number is audited. */
import { asPlatform, findRecords } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { phoneForSending } from '@wangge/staff';
import type { Help } from '../contract.ts';
import { findHelp, firstLooks, type HelpRow, helpsSince } from './store.ts';

const shownMs = 86_400_000;

const isMine = (tx: Tx, row: HelpRow): boolean => row.accountId === tx.actor.id;
function mayAnswer(tx: Tx, row: HelpRow): boolean {
  return !isMine(tx, row) && tx.rt.can(tx.actor, 'dispatch.answer-help', { areaPath: row.areaPath });
}

/** A handful of people in a day; null for those who have none. */
async function phonesOf(tx: Tx, rows: readonly HelpRow[]): Promise<ReadonlyMap<string, string | null>> {
  const phones = new Map<string, string | null>();
  for (const id of new Set(rows.map((r) => r.accountId))) phones.set(id, await phoneForSending(tx, id));
  return phones;
}

async function viewsOf(tx: Tx, rows: readonly HelpRow[]): Promise<Help[]> {
  const ids = [...new Set(rows.flatMap((r) => (r.incidentId === null ? [] : [r.incidentId])))];
  const others = rows.filter((r) => !isMine(tx, r));
  const [incidents, phones, looks] = await asPlatform(tx, async () => {
    const known = await phonesOf(tx, others);
    const shown = others.filter((r) => r.lon !== null || known.get(r.accountId) != null).map((r) => r.id);
    return [await findRecords(tx, ids), known, await firstLooks(tx, shown)] as const;
  });
  for (const id of looks) tx.audit({ action: 'dispatch.see-help', subject: { kind: 'help', id } });
  return rows.map((r) => {
    const incident = r.incidentId === null ? undefined : incidents.get(r.incidentId);
    return {
      id: r.id,
      atMs: r.atMs,
      name: r.accountName,
      areaName: r.areaName,
      incident: incident ? { id: incident.id, number: incident.number } : null,
      text: r.text,
      place:
        r.lon === null || r.lat === null
          ? null
          : { lon: r.lon, lat: r.lat, ...(r.accuracyM === null ? {} : { accuracyM: r.accuracyM }) },
      placedAtMs: r.placedAtMs,
      phone: phones.get(r.accountId) ?? null,
      toldNames: r.toldNames,
      answeredAtMs: r.answeredAtMs,
      answeredByName: r.answeredByName,
      mine: isMine(tx, r),
      mayAnswer: r.answeredAtMs === null && mayAnswer(tx, r),
    };
  });
}

/** Own ones and those of the areas that one answers for. */
export async function listHelps(tx: Tx): Promise<Help[]> {
  const rows = await helpsSince(tx, tx.nowMs - shownMs);
  return viewsOf(
    tx,
    rows.filter((r) => isMine(tx, r) || mayAnswer(tx, r)),
  );
}

/** @throws AppError `not-found` */
export async function readHelp(tx: Tx, id: string): Promise<Help> {
  const [view] = await viewsOf(tx, [await findHelp(tx, id)]);
  if (!view) throw new Error('one row is one view');
  return view;
}
