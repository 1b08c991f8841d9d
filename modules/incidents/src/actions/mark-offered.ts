/** Which registered incidents wait for somebody who was asked to take them, rather than for being dispatched. */
import { sql, type Tx } from '@wangge/kernel';
import type { IncidentRow } from '../contract.ts';

/** A page of a list with `offered` told for each registered incident: one look-up by key for all of them. */
export async function markOffered<Page extends { items: IncidentRow[] }>(tx: Tx, page: Page): Promise<Page> {
  const registered = page.items.filter((row) => row.state === 'registered').map((row) => row.id);
  if (registered.length === 0) return page;
  const found = await tx.rows<{ id: string }>(
    sql`select id from incidents_incidents where id = any(${registered}::uuid[]) and open_orders > 0`,
  );
  const offered = new Set(found.map((row) => row.id));
  return {
    ...page,
    items: page.items.map((row) => (row.state === 'registered' ? { ...row, offered: offered.has(row.id) } : row)),
  };
}
