/** `wangge backup DIR` and `wangge restore DIR`. */
import { backup, type BackupProgress, restore } from '@wangge/kernel';
import { modules } from '../modules.ts';
import { startProgress } from '../progress.ts';
import { ensureDatabase } from '../role/ensure-database.ts';
import { complain, say } from '../terminal.ts';
import { type TownOptions, withDatabase } from './open-town.ts';

/** Also while a server runs. */
export async function backupCommand(dir: string, options: TownOptions): Promise<void> {
  await withDatabase(options, async ({ ownerUrl, dataDir }) => {
    const result = await withProgress('backing up', (tell) => backup(ownerUrl, dataDir, dir, tell));
    say(`${result.dir}: ${result.tables} tables, ${result.rows} rows, ${result.files} files`);
    for (const file of result.missingFiles) complain(`missing on the disk: ${file}`);
    say('The data key (keys/ in the data folder) is not inside: keep a copy of it somewhere else.');
  });
}

/** Into a new data folder, or into the empty database of DATABASE_URL. */
export async function restoreCommand(dir: string, options: TownOptions): Promise<void> {
  await withDatabase(
    options,
    async ({ ownerUrl, dataDir }) => {
      await ensureDatabase(ownerUrl);
      const result = await withProgress('restoring', (tell) => restore(dir, ownerUrl, dataDir, modules, tell));
      say(`${result.tables} tables, ${result.rows} rows, ${result.files} files`);
      for (const warning of result.warnings) complain(warning);
    },
    true,
  );
}

async function withProgress<T>(what: string, work: (tell: (at: BackupProgress) => void) => Promise<T>): Promise<T> {
  const progress = startProgress(what);
  try {
    return await work(({ done, total }) => progress.update(done, total));
  } finally {
    progress.end();
  }
}
