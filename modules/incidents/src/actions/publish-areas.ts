/** New borders: who is responsible for what is open follows them; where it was reported stays. */
import { type AreaIndex, areaIndex, successorOf } from '@wangge/areas';
import { sql, type Tx } from '@wangge/kernel';
import { areaAt } from '../area-of.ts';
import { announce } from '../announce.ts';

interface OpenRow {
  readonly id: string;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly areaId: string | null;
  readonly path: string;
  readonly reporterAccountId: string | null;
  readonly assigneeIds: string[];
  readonly departmentIds: string[];
}
interface Moved {
  readonly row: OpenRow;
  readonly areaId: string | null;
  readonly path: string;
}

function movedBy(before: AreaIndex, index: AreaIndex, rows: readonly OpenRow[]): Moved[] {
  return rows.flatMap((row) => {
    const located = row.lon === null || row.lat === null ? null : areaAt(index, { lon: row.lon, lat: row.lat });
    const old = row.areaId === null ? null : before.get(row.areaId);
    const same = row.areaId === null ? null : index.get(row.areaId);
    // A place that lies in no area any more, or a report without a place, stays with its area while
    // that exists, goes to what takes that area's place, and falls to the town when nothing does.
    const area = located ?? same ?? (old && successorOf(index, old)) ?? index.root();
    if (!area || (area.id === row.areaId && area.path === row.path)) return [];
    return [{ row, areaId: area.id, path: area.path }];
  });
}

function openRows(tx: Tx): Promise<OpenRow[]> {
  return tx.rows<OpenRow>(sql`select id, lon, lat, responsible_area_id as "areaId", responsible_path as path,
      reporter_account_id as "reporterAccountId", assignee_ids as "assigneeIds", department_ids as "departmentIds"
    from incidents_incidents where is_open order by id for update`);
}

/** In the publishing transaction, as the platform. */
export async function moveResponsibility(tx: Tx, index: AreaIndex): Promise<void> {
  const moved = movedBy(areaIndex(tx.rt), index, await openRows(tx));
  if (moved.length > 0) {
    const rows = JSON.stringify(moved.map(({ row, areaId, path }) => ({ id: row.id, area_id: areaId, path })));
    await tx.run(sql`update incidents_incidents i set responsible_area_id = n.area_id, responsible_path = n.path,
        version = i.version + 1, changed_by = '系统', updated_at = ${new Date(tx.nowMs)}
      from jsonb_to_recordset(${rows}::jsonb) as n(id uuid, area_id uuid, path text) where n.id = i.id`);
  }
  await rename(tx, index);
  // Beyond this many the lists refetch anyway on the event of the areas themselves.
  for (const { row, path } of moved.slice(0, 200)) announce(tx, { ...row, path }, 'area');
}

/** An area's path changes with its codes: closed incidents keep their area and follow its path. */
async function rename(tx: Tx, index: AreaIndex): Promise<void> {
  const paths = JSON.stringify(index.all().map((a) => ({ id: a.id, path: a.path })));
  await tx.run(sql`update incidents_incidents i set responsible_path = n.path
    from jsonb_to_recordset(${paths}::jsonb) as n(id uuid, path text)
    where i.responsible_area_id = n.id and i.responsible_path <> n.path`);
}

/** Those that would be listed by number; the rest is counted. */
const mostNamed = 50;

/** How many open incidents would get another area, and the first of them by number. */
export async function previewMoving(
  tx: Tx,
  index: AreaIndex,
): Promise<{ count: number; named: { id: string; number: string; from: string; to: string }[] }> {
  const rows = await tx.rows<OpenRow & { readonly number: string }>(sql`select id, number, lon, lat,
      responsible_area_id as "areaId", responsible_path as path, null as "reporterAccountId", '{}'::uuid[] as "assigneeIds",
      '{}'::uuid[] as "departmentIds"
    from incidents_incidents where is_open order by reported_at desc, id`);
  const before = areaIndex(tx.rt);
  const numbers = new Map(rows.map((row) => [row.id, row.number]));
  const moved = movedBy(before, index, rows).filter(({ row, areaId }) => row.areaId !== areaId);
  const named = moved.slice(0, mostNamed).map(({ row, areaId }) => ({
    id: row.id,
    number: numbers.get(row.id) ?? '',
    from: before.get(row.areaId ?? '')?.name ?? '',
    to: index.get(areaId ?? '')?.name ?? '',
  }));
  return { count: moved.length, named };
}
