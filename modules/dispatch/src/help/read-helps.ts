/** Calls for help as the contract shows them; each first look at a position is audited. */
import { asPlatform, findRecords } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import type { Help } from '../contract.ts';
import { findHelp, firstLooks, type HelpRow, helpsSince } from './store.ts';

const shownMs = 86_400_000;

const isMine = (tx: Tx, row: HelpRow): boolean => row.accountId === tx.actor.id;
function mayAnswer(tx: Tx, row: HelpRow): boolean {
  return !isMine(tx, row) && tx.rt.can(tx.actor, 'dispatch.answer-help', { areaPath: row.areaPath });
}

async function viewsOf(tx: Tx, rows: readonly HelpRow[]): Promise<Help[]> {
  const ids = [...new Set(rows.flatMap((r) => (r.incidentId === null ? [] : [r.incidentId])))];
  const shown = rows.filter((r) => r.lon !== null && !isMine(tx, r)).map((r) => r.id);
  const [incidents, looks] = await asPlatform(tx, async () => [
    await findRecords(tx, ids),
    await firstLooks(tx, shown),
  ]);
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
