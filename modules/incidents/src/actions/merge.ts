/** Merging (并案) and undoing it: clock and reporters go to the target and come back. */
import { newId } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { changeClock, earliestMerged } from '../clocks/change-clock.ts';
import type { IncidentRecord } from '../record.ts';
import { appendEntries } from '../store/history.ts';
import { patchIncident } from '../store/patch.ts';

import type { Moving } from './moving.ts';

/** Writes the target's side of a merge; the source's own row is the caller's. */
export async function takeIn(tx: Tx, source: IncidentRecord, target: IncidentRecord, moving: Moving): Promise<void> {
  await tx.run(sql`insert into incidents_merges (id, source_id, target_id, source_stopped_at, at)
    values (${newId(moving.atMs)}, ${source.id}, ${target.id},
      ${source.stoppedMs === null ? null : new Date(source.stoppedMs)}, ${new Date(moving.atMs)})`);
  await patchTarget(tx, target, source.reporterCount, moving, 'merge', source.number);
}

/** Takes the merge back; answers when the source's clock had stopped before it. */
export async function giveBack(
  tx: Tx,
  source: IncidentRecord,
  target: IncidentRecord,
  moving: Moving,
): Promise<number | null> {
  const merge = await tx.one<{ stoppedMs: number | null }>(sql`
    update incidents_merges set undone_at = ${new Date(moving.atMs)} where source_id = ${source.id} and undone_at is null
    returning incidents_ms(source_stopped_at) as "stoppedMs"`);
  await patchTarget(tx, target, -source.reporterCount, moving, 'unmerge', source.number);
  return merge.stoppedMs;
}

async function patchTarget(
  tx: Tx,
  target: IncidentRecord,
  moreReporters: number,
  moving: Moving,
  move: 'merge' | 'unmerge',
  sourceNumber: string,
): Promise<void> {
  const adopted = await earliestMerged(tx, target.id, moving.atMs);
  const clock = await changeClock(tx, target, { why: move, to: (c) => ({ ...c, adopted }) }, moving);
  await patchIncident(tx, target.id, { reporter_count: target.reporterCount + moreReporters, ...clock }, moving);
  await appendEntries(tx, [
    {
      incidentId: target.id,
      move,
      fromState: target.state,
      toState: target.state,
      actor: moving.actor,
      actorName: moving.name,
      atMs: moving.atMs,
      reason: `${moving.reason ?? ''}（${sourceNumber}）`,
    },
  ]);
}
