/** Who is on an incident: kept by beats, expires by itself, and says so only when it changes. */
import { AppError } from '@wangge/contract-kit';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { type Presence, presenceChanged, presenceMs } from '../contract.ts';
import { targetOf } from '../people.ts';
import { findRecord, findRecords, type IncidentRecord } from '../record.ts';

/** The job that lets go of pages that fell silent. */
export const presenceTask = 'incidents.forget-presence';

/** Others than the caller, each once for an incident: dispatching goes before reading. */
export async function listPresence(tx: Tx): Promise<{ present: Presence[] }> {
  const present = await tx.rows<Presence>(sql`select distinct on (incident_id, account_id)
      incident_id as "incidentId", account_id as "accountId", name, doing,
      round(extract(epoch from min(since) over (partition by incident_id, account_id)) * 1000)::float8 as "sinceMs"
    from incidents_presence
    where seen_at > ${new Date(tx.nowMs - presenceMs)} and account_id is distinct from ${tx.actor.id}::uuid
    order by incident_id, account_id, doing limit 1000`);
  return { present };
}

/** @throws AppError `not-found`, `forbidden` */
export async function beatPresence(
  tx: Tx,
  id: string,
  { tab, doing }: { readonly tab: string; readonly doing: Presence['doing'] },
): Promise<{ ok: true }> {
  const now = new Date(tx.nowMs);
  const mine = sql`incident_id = ${id} and account_id = ${tx.actor.id} and tab = ${tab}`;
  const kept = await tx.maybe(sql`update incidents_presence set seen_at = ${now}
    where ${mine} and doing = ${doing} and seen_at > ${new Date(tx.nowMs - presenceMs)} returning 1 as kept`);
  if (kept) return { ok: true };
  const record = await findRecord(tx, id);
  tx.rt.authorise(tx.actor, 'incidents.read', targetOf(record));
  if (tx.actor.id === null) throw new AppError('forbidden');
  await tx.run(sql`insert into incidents_presence (incident_id, account_id, tab, name, doing, since, seen_at)
    values (${id}, ${tx.actor.id}, ${tab}, ${tx.actor.name}, ${doing}, ${now}, ${now})
    on conflict (incident_id, account_id, tab) do update set doing = excluded.doing, seen_at = excluded.seen_at,
      since = case when incidents_presence.seen_at > ${new Date(tx.nowMs - presenceMs)} then incidents_presence.since
        else excluded.since end`);
  tell(tx, record);
  lookAgain(tx);
  return { ok: true };
}

/** Leaving twice, or where one never was, is no error. */
export async function leavePresence(tx: Tx, id: string, tab: string): Promise<{ ok: true }> {
  const record = await findRecord(tx, id);
  tx.rt.authorise(tx.actor, 'incidents.read', targetOf(record));
  const gone = await tx.maybe(sql`delete from incidents_presence
    where incident_id = ${id} and account_id = ${tx.actor.id} and tab = ${tab} returning 1 as gone`);
  if (gone) tell(tx, record);
  return { ok: true };
}

/** Lets go of whoever fell silent, and looks again while anybody is there. */
export async function forgetPresence(rt: Runtime): Promise<void> {
  await rt.system('incidents', async (tx) => {
    const gone = await tx.rows<{ id: string }>(sql`delete from incidents_presence
      where seen_at <= ${new Date(tx.nowMs - presenceMs)} returning incident_id as id`);
    const records = await findRecords(tx, [...new Set(gone.map(({ id }) => id))]);
    for (const record of records.values()) tell(tx, record);
    if (await tx.maybe(sql`select 1 as found from incidents_presence limit 1`)) lookAgain(tx);
  });
}

/** One job for all: a key that waits already is moved, not doubled. */
function lookAgain(tx: Tx): void {
  tx.addJob(presenceTask, {}, { runAtMs: tx.nowMs + presenceMs / 4, key: presenceTask });
}

function tell(tx: Tx, record: IncidentRecord): void {
  const { id, path, reporterAccountId, assigneeIds, departmentIds } = record;
  const accountIds = reporterAccountId === null ? assigneeIds : [...assigneeIds, reporterAccountId];
  const audience = { areaPath: path === '' ? '-' : path, subjectId: id, accountIds, departmentIds };
  tx.emit(presenceChanged, { incidentId: id }, audience);
}
