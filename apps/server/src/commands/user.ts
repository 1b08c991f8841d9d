/** `wangge user add|reset`: the first administrator, and a way back in. */
import { randomBytes } from 'node:crypto';
import { roleSchema } from '@wangge/contract-kit';
import { addUser, resetUser } from '@wangge/staff';
import { Failure } from '../failure.ts';
import { say } from '../terminal.ts';
import { type TownOptions, withTown } from './open-town.ts';

export interface AddUserOptions extends TownOptions {
  readonly role: string;
  readonly name?: string;
  readonly area?: string;
  readonly department?: string;
}

/** A password that nobody chose goes to the terminal only, and must be changed at the first sign-in. */
function newPassword(): string {
  return randomBytes(12).toString('base64url');
}

export async function addUserCommand(login: string, options: AddUserOptions): Promise<void> {
  const role = roleSchema.safeParse(options.role);
  if (!role.success) throw new Failure(`--role: one of ${roleSchema.options.join(', ')}`);
  const password = newPassword();
  await withTown(options, (rt) =>
    addUser(rt, {
      login,
      name: options.name ?? login,
      password,
      role: role.data,
      ...(options.area === undefined ? {} : { areaCode: options.area }),
      ...(options.department === undefined ? {} : { departmentCode: options.department }),
    }),
  );
  say(`Account ${login} (${role.data}) made.`);
  say(`First password: ${password}`);
}

export async function resetUserCommand(login: string, options: TownOptions): Promise<void> {
  const password = newPassword();
  await withTown(options, (rt) => resetUser(rt, login, password));
  say(`Account ${login}: new password, no second factor, no lock, no sessions.`);
  say(`New password: ${password}`);
}
