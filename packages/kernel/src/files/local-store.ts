/** Files on the local disk: written aside, flushed, then renamed, so that a key is whole or absent. */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { AppError } from '@wangge/contract-kit';
import type { FileStore } from './file-store.ts';

const keyShape = /^[a-z0-9][a-z0-9-]*(\/[a-z0-9][a-z0-9-]*)*(\.[a-z0-9]+)*$/;
/** Also of folders that a town's backup tool may leave; never part of a key. */
const draftFolder = '.drafts';

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** No room, no quota, or a limit on the size of a file: for people all one thing. */
export function diskError(error: unknown): unknown {
  return ['ENOSPC', 'EDQUOT', 'EFBIG'].includes(codeOf(error)) ? new AppError('disk-full', { cause: error }) : error;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** @param root absolute folder, made on first use with mode 0700 */
export function localStore(root: string): FileStore {
  const pathOf = (key: string): string => {
    if (!keyShape.test(key)) throw new Error(`not a key of the file store: ${key}`);
    return join(root, key);
  };
  return {
    async put(key, bytes) {
      const target = pathOf(key);
      const drafts = join(root, draftFolder);
      const draft = join(drafts, randomBytes(12).toString('hex'));
      try {
        await mkdir(drafts, { recursive: true, mode: 0o700 });
        await mkdir(dirname(target), { recursive: true, mode: 0o700 });
        const handle = await open(draft, 'wx', 0o600);
        try {
          await handle.writeFile(bytes);
          await handle.sync();
        } finally {
          await handle.close();
        }
        await rename(draft, target);
        await syncFolder(dirname(target));
      } catch (error) {
        await rm(draft, { force: true }).catch(() => undefined);
        throw diskError(error);
      }
    },
    async open(key) {
      const path = pathOf(key);
      try {
        const handle = await open(path, 'r');
        const { size } = await handle.stat();
        return { sizeBytes: size, stream: handle.createReadStream() };
      } catch (error) {
        if (codeOf(error) === 'ENOENT') return null;
        throw error;
      }
    },
    async remove(key) {
      await rm(pathOf(key), { force: true });
    },
    async *keysOlderThan(ms) {
      for await (const path of filesBelow(root)) {
        const key = path.slice(root.length + 1).replaceAll(sep, '/');
        if (keyShape.test(key) && (await modifiedMs(path)) < ms) yield key;
      }
    },
    async removeHalfWritten(beforeMs) {
      const drafts = join(root, draftFolder);
      for (const name of await namesIn(drafts)) {
        const path = join(drafts, name);
        if ((await modifiedMs(path)) < beforeMs) await rm(path, { force: true });
      }
    },
  };
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Gone in the meantime reads as new: somebody else removed it. */
async function modifiedMs(path: string): Promise<number> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return Number.POSITIVE_INFINITY;
    throw error;
  }
}

async function* filesBelow(folder: string): AsyncGenerator<string> {
  let entries;
  try {
    entries = await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return;
    throw error;
  }
  for (const entry of entries) {
    if (entry.name.startsWith('.')) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else if (entry.isFile()) yield path;
  }
}
