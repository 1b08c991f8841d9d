/** Filters that a person saved: their own only, which the policy of the table sees to. */
import { AppError, newId } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { maxSavedFilters, type SavedFilter } from '../contract.ts';

export async function savedFilters(tx: Tx): Promise<{ filters: SavedFilter[] }> {
  return {
    filters: await tx.rows<SavedFilter>(sql`select id, name, search from incidents_saved_filters order by name`),
  };
}

export async function saveFilter(
  tx: Tx,
  { name, search }: { readonly name: string; readonly search: Readonly<Record<string, string>> },
): Promise<{ filters: SavedFilter[] }> {
  if (tx.actor.id === null) throw new AppError('forbidden');
  await tx.run(sql`insert into incidents_saved_filters (id, account_id, name, search, at)
    values (${newId()}, ${tx.actor.id}, ${name}, ${JSON.stringify(search)}::jsonb, ${new Date(tx.nowMs)})
    on conflict (account_id, name) do update set search = excluded.search, at = excluded.at`);
  const saved = await savedFilters(tx);
  if (saved.filters.length > maxSavedFilters) {
    throw new AppError('guard-failed', { details: { guard: 'too-many-filters', most: maxSavedFilters } });
  }
  return saved;
}

export async function deleteFilter(tx: Tx, id: string): Promise<{ filters: SavedFilter[] }> {
  await tx.run(sql`delete from incidents_saved_filters where id = ${id}`);
  return savedFilters(tx);
}
