/** What is learned about departments: who in the end had to do with incidents like this one. */
import { areaMarks, beginLesson, mostExamples, teach } from '@wangge/incidents';
import type { Example } from '@wangge/incidents/suggest';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { ownerMarks } from './marks.ts';

const batch = 2000;

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly text: string;
  readonly path: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly source: string;
  readonly categoryCode: string;
  readonly label: string;
  readonly who: string;
}

/** Newest first, each batch in a transaction of its own. */
async function* ownedIncidents(rt: Runtime): AsyncGenerator<Example[]> {
  let before: { at: Date; id: string } | null = null;
  for (let read = 0; read < mostExamples; read += batch) {
    const rows: Row[] = await rt.system('dispatch', (tx) => readBatch(tx, before));
    const last = rows.at(-1);
    if (!last) return;
    before = { at: last.at, id: last.id };
    yield rows.map(({ text, label, who, ...row }) => ({
      text,
      label,
      who,
      marks: ownerMarks(
        {
          place: row.lon === null || row.lat === null ? null : { lon: row.lon, lat: row.lat },
          atMs: row.at.getTime(),
          source: row.source,
          categoryCode: row.categoryCode,
          areas: areaMarks(row.path),
        },
        rt.config.zone,
      ),
    }));
    if (rows.length < batch) return;
  }
}

/** The department that answered, else the one that stayed until the end: not one that returned it or was sent in error. */
function readBatch(tx: Tx, before: { readonly at: Date; readonly id: string } | null): Promise<Row[]> {
  const end = before ?? { at: new Date(8.64e15), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
  return tx.rows<Row>(sql`
    select i.id, i.reported_at as at, i.description as text, i.reported_path as path, i.lon, i.lat, i.source,
      i.category_code as "categoryCode", o.party_id as label,
      coalesce(i.reporter_account_id::text, i.reporter_phone_index, '') as who
    from incidents_incidents i cross join lateral (
      select party_id from dispatch_orders where incident_id = i.id and party_kind = 'department'
        and (state = 'responded' or ended_how = 'closed')
      order by state = 'responded' desc, required desc, offered_at limit 1) as o
    where i.state = 'closed' and (i.reported_at, i.id) < (${end.at}, ${end.id}::uuid)
    order by i.reported_at desc, i.id desc limit ${batch}`);
}

/** Learns about departments, unless somebody is at it. */
export async function learnOwners(rt: Runtime): Promise<void> {
  if (!(await rt.system('dispatch', (tx) => beginLesson(tx, 'owner')))) return;
  await teach(rt, 'owner', ownedIncidents(rt), []);
}
