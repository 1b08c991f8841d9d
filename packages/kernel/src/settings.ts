/** Small facts that outlive a restart, by name (`staff.demo-accounts`, module first). */
import { sql } from './db/sql.ts';
import type { Tx } from './db/tx.ts';

/** The value as it was written, undefined when it never was; whoever reads it checks its shape. */
export async function readSetting(tx: Tx, name: string): Promise<unknown> {
  const row = await tx.maybe<{ value: unknown }>(sql`select value from kernel_settings where name = ${name}`);
  return row?.value;
}

/** @param value anything that JSON holds */
export async function writeSetting(tx: Tx, name: string, value: unknown): Promise<void> {
  await tx.run(sql`insert into kernel_settings (name, value) values (${name}, ${JSON.stringify(value)}::jsonb)
    on conflict (name) do update set value = excluded.value`);
}
