/** What a list tells of orders: who was asked and has not taken it yet, and how many parts are answered. */
import { sql, type Tx } from '@wangge/kernel';
import type { IncidentRow } from '../contract.ts';

interface Marks {
  readonly id: string;
  readonly state: string;
  readonly offered: boolean;
  readonly done: number;
  readonly total: number;
}

/** A page of a list with these told where there is something to tell: one look-up by key for all rows. */
export async function markOffered<Page extends { items: IncidentRow[] }>(tx: Tx, page: Page): Promise<Page> {
  // Before it is registered nobody is asked, and nothing is split.
  const ids = page.items.filter(({ state }) => state !== 'reported' && state !== 'accepted').map((row) => row.id);
  if (ids.length === 0) return page;
  const found = await tx.rows<Marks>(sql`select id, state, open_orders > 0 as offered, parts_done as done,
      parts_total as total
    from incidents_incidents where id = any(${ids}::uuid[]) and (parts_total > 0 or (state = 'registered' and open_orders > 0))`);
  const marks = new Map(found.map((row) => [row.id, row]));
  return {
    ...page,
    items: page.items.map((row) => {
      const { offered = false, done = 0, total = 0 } = marks.get(row.id) ?? {};
      return {
        ...row,
        ...(row.state === 'registered' ? { offered } : {}),
        ...(total > 0 ? { parts: { done, total } } : {}),
      };
    }),
  };
}
