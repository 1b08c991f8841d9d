/** Puts the files of a backup into a data folder. */
import { constants } from 'node:fs';
import { copyFile, mkdir, rename } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { BackupFile } from './check.ts';
import { codeOf, hashFile, syncPath } from './disk.ts';
import type { OnProgress } from './manifest.ts';

/** Safe to run again; whatever is there under the same name and differs is kept beside it. */
export async function restoreFiles(
  dir: string,
  dataDir: string,
  files: readonly BackupFile[],
  onProgress: OnProgress,
): Promise<void> {
  const folders = new Set<string>();
  for (const [n, { path, sha256 }] of files.entries()) {
    const target = join(dataDir, path);
    if (!(await isThere(target, sha256))) {
      await mkdir(dirname(target), { recursive: true, mode: 0o700 });
      // A copy and not a link: the town will go on writing, the backup must stay what it is.
      await copyFile(join(dir, path), `${target}.new`, constants.COPYFILE_FICLONE);
      await syncPath(`${target}.new`);
      await rename(`${target}.new`, target);
      folders.add(dirname(target));
    }
    onProgress({ step: 'files', done: n + 1, total: files.length });
  }
  for (const folder of folders) await syncPath(folder);
}

async function isThere(target: string, sha256: string): Promise<boolean> {
  let found: string;
  try {
    found = await hashFile(target);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return false;
    throw error;
  }
  if (found === sha256) return true;
  // Anchors of a later time: the restored trail is older, and whoever looks must be able to see that.
  await rename(target, `${target}.before-restore-${Date.now()}`);
  return false;
}
