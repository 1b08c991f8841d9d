/** Sessions of many people, made as browsers make them. */
import { openRuntime } from '@wangge/kernel';
import type { Platform } from './platform.ts';

/** Gives everybody of the demo town the demo password, so that they can sign in over HTTP. */
export async function openAccounts(platform: Platform): Promise<void> {
  // As the owner: the application itself may not read a password's hash but by a login.
  const owner = await openRuntime({ ...platform.config, databaseUrl: platform.config.ownerUrl }, []);
  try {
    await owner.pool.query(`update staff_accounts a set password_hash = d.password_hash
      from staff_accounts d where d.login = 'diaodu' and a.password_hash is null`);
  } finally {
    await owner.close();
  }
}

/** One session for each login, a few at a time: hashing passwords is slow on purpose. */
export async function signIn(platform: Platform, logins: readonly string[]): Promise<string[]> {
  const cookies: string[] = [];
  for (let from = 0; from < logins.length; from += 4) {
    cookies.push(...(await Promise.all(logins.slice(from, from + 4).map((login) => platform.logIn(login)))));
  }
  return cookies;
}

/** `count` values that take turns. */
export function inTurn<T>(values: readonly T[], count: number): T[] {
  return Array.from({ length: count }, (_, n) => values[n % values.length] as T);
}
