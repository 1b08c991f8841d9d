/** Writing as the platform, once the caller was authorised. */
import { sql, type Tx } from '@wangge/kernel';

/**
 * Runs `fn` past row-level security. The caller saw and locked the row under its own scope and was
 * authorised; what follows may take the row out of that scope (a returned order, a corrected place) or
 * touch what belongs to others (their orders), which the policies would rightly refuse.
 */
export async function asPlatform<T>(tx: Tx, fn: () => Promise<T>): Promise<T> {
  if (tx.actor.kind === 'system') return fn();
  const before = await tx.one<{ was: string }>(
    sql`select coalesce(current_setting('wangge.system', true), '') as was, set_config('wangge.system', 'incidents', true)`,
  );
  const result = await fn();
  // A failure rolls the whole transaction back, and the setting with it.
  if (before.was === '') await tx.run(sql`select set_config('wangge.system', '', true)`);
  return result;
}
