/** Files that are made once and hold a secret. */
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { randomBytes } from 'node:crypto';
import { dirname } from 'node:path';

/**
 * Reads the file, making it first where it is missing (mode 0600, its folder 0700). Whole or absent at
 * every moment, and of two processes that make it at once both read the same.
 */
export function readOrCreate(file: string, make: () => string): string {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    const draft = `${file}.${randomBytes(6).toString('hex')}`;
    writeFileSync(draft, make(), { mode: 0o600, flag: 'wx', flush: true });
    chmodSync(draft, 0o600);
    try {
      // Unlike a rename, a link never replaces what somebody else has just put there.
      linkSync(draft, file);
    } catch (error) {
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    } finally {
      rmSync(draft, { force: true });
    }
  }
  return readFileSync(file, 'utf8');
}
