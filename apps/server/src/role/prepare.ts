/** The task before anything serves: database, tables, the application's login, the town. */
import { migrate, openRuntime } from '@wangge/kernel';
import { seedDemo } from '../demo.ts';
import { modules } from '../modules.ts';
import type { RoleSetup } from '../protocol.ts';
import { openAppLogin } from './app-login.ts';
import { report, runTask } from './child-side.ts';
import { configOf } from './config.ts';
import { type DemoLogin, readDemoLogins, writeDemoLogins } from './demo-logins.ts';
import { ensureDatabase } from './ensure-database.ts';
import { settleTown, type TownKind } from './town-kind.ts';

/** What the supervisor goes on with. */
export interface Prepared {
  readonly databaseUrl: string;
  /** Accounts to try in a demo. */
  readonly logins: readonly DemoLogin[];
  /** The demo's past is not all there yet. */
  readonly historyMissing: boolean;
}

const tell = (text: string): void => void report({ type: 'progress', text });

runTask(async (setup): Promise<Prepared> => {
  await ensureDatabase(setup.ownerUrl);
  let migrations = 0;
  await migrate(setup.ownerUrl, modules, () => {
    if (migrations++ === 0) tell('making tables');
  });
  const databaseUrl = await openAppLogin(setup.ownerUrl, setup.dataDir);
  const kind: TownKind = !setup.demo ? 'empty' : setup.demoPublic ? 'demo-public' : 'demo';
  const town = await settleTown(setup.ownerUrl, kind);
  if (!setup.demo) return { databaseUrl, logins: [], historyMissing: false };
  const logins = await seed({ ...setup, databaseUrl });
  return { databaseUrl, logins, historyMissing: !town.historyDone };
});

async function seed(setup: RoleSetup): Promise<readonly DemoLogin[]> {
  const rt = await openRuntime(configOf(setup, 4), modules);
  try {
    const made = await seedDemo(rt, { randomPasswords: setup.demoPublic, onStep: tell });
    if (made.length > 0) writeDemoLogins(setup.dataDir, made);
    return readDemoLogins(setup.dataDir);
  } finally {
    await rt.close();
  }
}
