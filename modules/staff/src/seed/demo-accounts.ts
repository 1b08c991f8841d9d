/** The accounts with which one tries the demo town, and where their passwords are told. */
import type { Role } from '@wangge/contract-kit';
import { readSetting, type Runtime, writeSetting } from '@wangge/kernel';

const settingName = 'staff.demo-accounts';

export interface DemoAccount {
  readonly login: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
}

/** Told by the sign-in page only in a demo that listens on this machine alone. */
export async function readDemoAccounts(rt: Runtime): Promise<DemoAccount[]> {
  if (!rt.config.demo) return [];
  const value = await rt.system('staff', (tx) => readSetting(tx, settingName));
  return (value as DemoAccount[] | undefined) ?? [];
}
export async function writeDemoAccounts(rt: Runtime, accounts: readonly DemoAccount[]): Promise<void> {
  await rt.system('seed', (tx) => writeSetting(tx, settingName, accounts));
}
