/** Passwords: argon2id as OWASP recommends (19 MiB, 2 passes), and the rules around failed tries. */
import { hash, verify } from '@node-rs/argon2';

const options = { memoryCost: 19_456, timeCost: 2, parallelism: 1 } as const;

/** Five failures lock an account for a quarter of an hour. */
export const maxFailures = 5;
export const lockMs = 15 * 60_000;

export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), options);
}

let decoy: Promise<string> | null = null;

/** Takes as long for a name that does not exist as for one that does, so that names cannot be found out. */
export async function checkPassword(stored: string | null, password: string): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const right = await verify(stored ?? (await decoy), password.normalize('NFKC'));
  return right && stored !== null;
}
