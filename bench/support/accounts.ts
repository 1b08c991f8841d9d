/** Sessions of many people, made as browsers make them. */
import pg from 'pg';
import type { Platform } from './platform.ts';

/** Gives everybody of the demo town the demo password, so that they can sign in over HTTP. */
export async function openAccounts(platform: Platform): Promise<void> {
  const owner = new pg.Client({ connectionString: platform.config.ownerUrl });
  await owner.connect();
  try {
    await owner.query(`update staff_accounts a set password_hash = d.password_hash
      from staff_accounts d where d.login = 'diaodu' and a.password_hash is null`);
  } finally {
    await owner.end();
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
