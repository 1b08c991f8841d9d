/** The accounts with which one tries the demo town, and where their passwords are told. */
import type { Role } from '@wangge/contract-kit';
import { type Runtime, sql } from '@wangge/kernel';

export interface DemoAccount {
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
}

/** Told by the sign-in page only in a demo that listens on this machine alone. */
export async function readDemoAccounts(rt: Runtime): Promise<DemoAccount[]> {
  if (!rt.config.demo) return [];
  const row = await rt.system('staff', (tx) =>
    tx.maybe<{ value: DemoAccount[] }>(sql`select value from kernel_settings where name = 'staff.demo-accounts'`),
  );
  return row?.value ?? [];
}
export async function writeDemoAccounts(rt: Runtime, accounts: readonly DemoAccount[]): Promise<void> {
  await rt.system('seed', (tx) =>
    tx.run(sql`insert into kernel_settings (name, value) values ('staff.demo-accounts', ${JSON.stringify(accounts)}::jsonb)
      on conflict (name) do update set value = excluded.value`),
  );
}
