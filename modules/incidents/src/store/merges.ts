/** Which incidents became one. */
import { sql, type Tx } from '@wangge/kernel';

/** The one that stayed, of one that was merged, maybe several times over; itself otherwise. */
export async function rootOf(tx: Tx, id: string): Promise<string> {
  const { root } = await tx.one<{ root: string }>(sql`select incidents_root(${id}) as root`);
  return root;
}

/** All that were merged into it, and into those in their turn; oldest reports first. */
export async function mergedInto(tx: Tx, id: string): Promise<string[]> {
  const rows = await tx.rows<{ id: string }>(sql`
    with recursive down as (
      select i.id, i.reported_at, 1 as steps from incidents_incidents i where i.merged_into = ${id}
      union all
      select i.id, i.reported_at, down.steps + 1 from down join incidents_incidents i on i.merged_into = down.id
      where down.steps < 100)
    select id from down order by reported_at, id`);
  return rows.map((row) => row.id);
}
