/** The task before anything serves: database, tables, the application's login, the town. */
import { ensureAppLogin, loadKeys, migrate } from '@wangge/kernel';
import { modules } from '../modules.ts';
import { ensureDatabase } from './ensure-database.ts';
import { report, runTask } from './child-side.ts';

/** What the supervisor goes on with. */
export interface Prepared {
  readonly databaseUrl: string;
}

runTask(async (setup): Promise<Prepared> => {
  await ensureDatabase(setup.ownerUrl);
  await migrate(setup.ownerUrl, modules, (text) => void report({ type: 'progress', text }));
  // Derived, so that every machine that shares the database and the data key arrives at the same one.
  const password = loadKeys(setup.dataDir).sign('database-login', new URL(setup.ownerUrl).pathname);
  const databaseUrl = await ensureAppLogin(setup.ownerUrl, 'wangge_server', password);
  return { databaseUrl };
});
