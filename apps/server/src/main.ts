/** The supervisor: what `npm start` runs. Starts everything in order, keeps it, stops it in reverse order. */
import { lockFolder } from '@wangge/kernel/postgres';
import { announce } from './announce.ts';
import { prepareDataFolder, removeRunning, writeRunning } from './data-folder.ts';
import { checkPort, chooseMediaPort } from './network.ts';
import { type RoleName, roles, type ServerOptions } from './options.ts';
import type { RoleSetup } from './protocol.ts';
import type { Prepared } from './role/prepare.ts';
import { startDatabase } from './supervisor/database.ts';
import { loadHistory } from './supervisor/history.ts';
import { keepRole, startTask } from './supervisor/roles.ts';
import { Steps } from './supervisor/steps.ts';
import { StopSignal } from './supervisor/stop-signal.ts';
import { certifiedKey } from './tls/authority.ts';
import { readTls } from './tls/serve.ts';
import { say } from './terminal.ts';
import { version } from './version.ts';

const roleTitles: Readonly<Record<RoleName, string>> = {
  media: 'Video',
  sip: 'Cameras (SIP)',
  api: 'Web service',
  jobs: 'Jobs',
};

/**
 * Serve until a signal comes. Resolves when the whole tree is down.
 *
 * @throws Failure or PostgresError with one line when it cannot start; nothing is left running then
 */
export async function serve(options: ServerOptions): Promise<void> {
  const signal = new StopSignal();
  const steps = new Steps(signal);
  prepareDataFolder(options.dataDir);
  const lock = lockFolder(options.dataDir, 'a running Wangge');
  steps.onStop(() => lock.release());
  try {
    if (options.roles.includes('api')) await checkPort(options.host, options.port);
    const mediaPort = options.roles.includes('media') ? await chooseMediaPort(options) : (options.mediaPort ?? 0);
    // Bad certificates are found before anything else has been started.
    if (options.tls?.kind === 'self') certifiedKey(options.dataDir);
    else if (options.tls) readTls(options.tls, options.dataDir);

    const database = await steps.run('Database', (tell) =>
      startDatabase({ dataDir: options.dataDir, databaseUrl: options.databaseUrl, onStep: tell }),
    );
    steps.onStop(() => database.stop());
    const draft: RoleSetup = {
      ...options,
      mediaPort,
      version,
      ownerUrl: database.ownerUrl,
      databaseUrl: database.ownerUrl,
    };
    const prepared = await steps.run('Tables and town', (tell) => {
      const task = startTask<Prepared>('prepare', draft, ({ text }) => tell(text));
      signal.onStop(() => void task.stop());
      return task.result;
    });
    let setup: RoleSetup = { ...draft, databaseUrl: prepared.databaseUrl };

    let port: number | undefined;
    // The pages of the web service name the media worker's address, so that comes first.
    for (const name of roles.filter((role) => options.roles.includes(role))) {
      const role = await steps.run(roleTitles[name], () => keepRole(name, setup));
      steps.onStop(() => role.stop());
      if (name === 'api') port = role.port;
      if (name === 'media' && role.port !== undefined) setup = { ...setup, mediaPort: role.port };
    }
    writeRunning(options.dataDir, { pid: process.pid, ...urls(setup, port), demo: options.demo });
    steps.onStop(() => removeRunning(options.dataDir));
    announce(options, prepared, port);
    if (prepared.historyMissing && options.roles.includes('jobs')) steps.onStop(loadHistory(setup));
    await signal.stopped;
    say('Stopping …');
  } finally {
    await steps.stopAll();
  }
  say('Stopped.');
}

function urls(setup: RoleSetup, port: number | undefined): { ownerUrl: string; databaseUrl: string; url: string } {
  const scheme = setup.tls === null ? 'http' : 'https';
  const host = setup.host === '0.0.0.0' || setup.host === '::' ? '127.0.0.1' : setup.host;
  return { ownerUrl: setup.ownerUrl, databaseUrl: setup.databaseUrl, url: `${scheme}://${host}:${port ?? setup.port}` };
}
