/** A report that was made twice at the same moment becomes one incident with two reporters; it can be undone. */
import { photoSums, sql, systemActor, type Tx } from '@wangge/kernel';
import { asPlatform } from '../platform.ts';
import { findRecord } from '../record.ts';
import { twinKeys, twinWithinM, twinWithinMs } from '../twins.ts';
import { moveIncident } from './move-incident.ts';
import type { ReportInput } from './report-incident.ts';

export interface Arrival {
  readonly id: string;
  readonly input: ReportInput;
  readonly atMs: number;
}

export interface Twin {
  readonly id: string;
  readonly twinId: string;
}

/**
 * Those of the incidents that this transaction makes which have a twin: same category, within 20 m and 2 minutes, with
 * equal normalised text or the same photo. Twins on other connections wait for each other in the database. May be sent
 * right behind the statement that makes them: what is not made in the end is nobody's twin.
 */
export async function findTwins(tx: Tx, arrivals: readonly Arrival[]): Promise<Twin[]> {
  const placed: object[] = [];
  for (const { id, input, atMs } of arrivals) {
    const { place, photoIds = [] } = input;
    // Loaded history is as it is; where no place is known, nearness is not either; what was settled needs nobody.
    if (!place || input.quiet === true || input.selfHandled === true) continue;
    const sums = photoIds.length === 0 ? [] : await photoSums(tx, photoIds);
    const keys = twinKeys({ categoryCode: input.categoryCode, description: input.description, photoSums: sums });
    if (keys.length > 0) placed.push({ id, keys, lon: place.lon, lat: place.lat, at: new Date(atMs).toISOString() });
  }
  if (placed.length === 0) return [];
  return tx.rows<Twin>(sql`
    select id, twin_id as "twinId" from incidents_find_twins(${JSON.stringify(placed)}::jsonb, ${twinWithinM}::float8,
      ${twinWithinMs}::float8)`);
}

/** Merges each into its twin, as the platform. */
export async function mergeTwins(tx: Tx, twins: readonly Twin[]): Promise<void> {
  if (twins.length === 0) return;
  await asPlatform(tx, async () => {
    for (const { id, twinId } of twins.toSorted((a, b) => (a.twinId < b.twinId ? -1 : 1))) {
      const { number } = await findRecord(tx, twinId);
      await moveIncident(
        tx,
        id,
        { move: 'merge', version: 0, targetId: twinId, reason: `与 ${number} 内容、地点相同且同时上报` },
        { by: systemActor('incidents'), actorName: '系统', hats: ['dispatcher'], anyVersion: true },
      );
    }
  });
}

/** Keys older than any twin may be are of no use. */
export async function forgetTwins(tx: Tx): Promise<void> {
  await tx.run(sql`delete from incidents_twin_keys where at < ${new Date(tx.nowMs - 10 * twinWithinMs)}`);
}
