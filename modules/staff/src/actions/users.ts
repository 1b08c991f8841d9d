/** Accounts from the command line: the first administrator, and a way back in for who is locked out. */
import { AppError, type Role } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { type Runtime, sql } from '@wangge/kernel';
import { addPostTo } from './posts.ts';
import { changeAccount, createAccountWith } from './accounts.ts';

/**
 * Creates an account with one post at the town (or at `areaCode`). The password must be changed at
 * the first sign-in.
 */
export async function addUser(
  rt: Runtime,
  user: { login: string; name: string; password: string; role: Role; areaCode?: string; departmentCode?: string },
): Promise<{ id: string }> {
  return rt.system('command-line', async (tx) => {
    const index = areaIndex(rt);
    const area =
      user.areaCode === undefined
        ? (index.all().find((a) => a.level === 'town') ?? index.root())
        : index.byCode(user.areaCode);
    if (!area) throw new AppError('not-found', { field: 'areaCode' });
    const department =
      user.departmentCode === undefined
        ? null
        : await tx.one<{ id: string }>(sql`select id from staff_departments where code = ${user.departmentCode}`);
    const account = await createAccountWith(tx, {
      login: user.login,
      name: user.name,
      phone: null,
      password: user.password,
    });
    await addPostTo(tx, account.id, { role: user.role, areaId: area.id, departmentId: department?.id ?? null });
    return { id: account.id };
  });
}

/** New password, no second factor, no lock, no sessions. */
export async function resetUser(rt: Runtime, login: string, password: string): Promise<void> {
  await rt.system('command-line', async (tx) => {
    const { id } = await tx.one<{ id: string }>(
      sql`select id from staff_accounts where login = ${login.toLowerCase()}`,
    );
    await changeAccount(tx, id, { password, resetSecondFactor: true, enabled: true });
  });
}
