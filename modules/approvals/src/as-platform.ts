import { sql, type Tx } from '@wangge/kernel';

/** Runs `fn` past row-level security, once the caller was authorised. A failure rolls back the setting with the rest. */
export async function asPlatform<T>(tx: Tx, fn: () => Promise<T>): Promise<T> {
  const before = await tx.one<{ was: string }>(
    sql`select coalesce(current_setting('wangge.system', true), '') as was, set_config('wangge.system', 'approvals', true)`,
  );
  const result = await fn();
  await tx.run(sql`select set_config('wangge.system', ${before.was}, true)`);
  return result;
}
