/** The login that the application works under: it owns nothing, and is one database's alone. */
import { createHash } from 'node:crypto';
import { ensureAppLogin, loadKeys } from '@wangge/kernel';

/** PostgreSQL cuts longer names off without a word, and two would become one. */
const maxNameBytes = 63;
const prefix = 'wangge_server_';

/**
 * Logins belong to the whole server, not to one of its databases: under one name, two installations
 * would change each other's password. Names too long are cut and told apart by a hash.
 */
export function loginNameOf(database: string): string {
  const name = `${prefix}${database}`;
  if (Buffer.byteLength(name) <= maxNameBytes) return name;
  const hash = createHash('sha256').update(database).digest('hex').slice(0, 12);
  let kept = database;
  while (Buffer.byteLength(`${prefix}${kept}_${hash}`) > maxNameBytes) kept = Array.from(kept).slice(0, -1).join('');
  return `${prefix}${kept}_${hash}`;
}

/**
 * Makes or re-keys the login of the database that `ownerUrl` names.
 *
 * @returns its connection string; every machine with the same database and data key arrives at the same one
 */
export async function openAppLogin(ownerUrl: string, dataDir: string): Promise<string> {
  const { pathname } = new URL(ownerUrl);
  const password = loadKeys(dataDir).sign('database-login', pathname);
  return ensureAppLogin(ownerUrl, loginNameOf(decodeURIComponent(pathname.slice(1))), password);
}
