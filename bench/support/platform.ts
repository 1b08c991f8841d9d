/**
 * A whole platform for a benchmark: PostgreSQL out of npm as a town runs it (fsync on), the demo town,
 * the API in a process of its own. Same programs as `npm start`, other folder, other port.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Config, openRuntime, type Runtime } from '@wangge/kernel';
import { startPostgres } from '@wangge/kernel/postgres';
import { prepareDataFolder } from '../../apps/server/src/data-folder.ts';
import { modules } from '../../apps/server/src/modules.ts';
import type { RoleName } from '../../apps/server/src/options.ts';
import type { FromChild, RoleSetup } from '../../apps/server/src/protocol.ts';
import { configOf } from '../../apps/server/src/role/config.ts';
import type { Prepared } from '../../apps/server/src/role/prepare.ts';
import { type Child, startChild } from '../../apps/server/src/supervisor/child.ts';
import { roleLimits, startTask } from '../../apps/server/src/supervisor/roles.ts';
import { type Client, httpClient } from './http.ts';
import { cpuSeconds, pssMib, rssMib } from './processes.ts';

export interface Platform {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** A runtime in this process, to lay data through the modules' own functions; it is no part of the server. */
  readonly rt: Runtime;
  readonly config: Config;
  /** Signs in over HTTP and answers `name=value` for the header. */
  logIn(login: string, password?: string): Promise<string>;
  client(options?: { cookie?: string; connections?: number }): Client;
  /** Processor seconds of the roles and PostgreSQL so far. */
  cpuSeconds(): number;
  /** Of the API alone. */
  apiCpuSeconds(): number;
  /** Of one role alone. */
  roleCpuSeconds(name: RoleName): number;
  /** Resident memory of the API's process, MiB. */
  apiRssMib(): number;
  /** The process of a role. */
  rolePid(name: RoleName): number;
  /** Memory of the roles and PostgreSQL together, MiB. */
  pssMib(): number;
  /** Kills a role's process, as a power cut would, and starts another in its place. */
  killAndRestart(name: RoleName): Promise<void>;
  stop(): Promise<void>;
}

/** Of the demo town's accounts, while it listens on this machine alone. */
const demoPassword = 'wangge-demo';

/**
 * @param options.roles `api` alone unless told; a benchmark of the whole path wants `jobs` too
 * @param options.demo lay the demo town (default), or leave the town empty
 * @param options.mediaProgram runs in place of the media role's own
 */
export async function startPlatform(
  log: (line: string) => void,
  options: { roles?: readonly RoleName[]; demo?: boolean; mediaProgram?: string } = {},
): Promise<Platform> {
  const started = performance.now();
  const dataDir = mkdtempSync(join(tmpdir(), 'wangge-bench-'));
  const stops: (() => Promise<unknown> | void)[] = [() => rmSync(dataDir, { recursive: true, force: true })];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).toReversed()) await each();
  };
  try {
    prepareDataFolder(dataDir);
    const postgres = await startPostgres({ dataDir: join(dataDir, 'postgres') });
    stops.push(() => postgres.stop());
    const ownerUrl = new URL(postgres.url);
    ownerUrl.pathname = '/wangge';
    const draft: RoleSetup = {
      databaseUrl: ownerUrl.toString(),
      ownerUrl: ownerUrl.toString(),
      dataDir,
      publicUrl: 'http://127.0.0.1',
      demo: options.demo ?? true,
      demoPublic: false,
      trustedProxies: [],
      version: 'bench',
      logLevel: 'warn',
      host: '127.0.0.1',
      port: 0,
      mediaPort: 0,
      mediaUrl: null,
      tls: null,
      sip: { host: '127.0.0.1', port: 0, serverId: null },
    };
    // Everything comes from one address here, as it never does in a town.
    process.env['WANGGE_RATE_LIMITS'] = 'off';
    const { databaseUrl } = await startTask<Prepared>('prepare', draft).result;
    const setup = { ...draft, databaseUrl };
    const roles = await Promise.all(
      (options.roles ?? ['api']).map((name) => startRole(name, setup, options.mediaProgram)),
    );
    stops.push(() => Promise.all(roles.map((role) => role.child.stop())));
    const restart = async (name: RoleName): Promise<void> => {
      const at = roles.findIndex((role) => role.child.name === name);
      const old = roles[at];
      if (!old) throw new Error(`${name} does not run`);
      process.kill(old.child.pid, 'SIGKILL');
      await old.child.exited;
      roles[at] = await startRole(name, setup, options.mediaProgram);
    };
    const api = roles.find((role) => role.port !== undefined);
    if (api?.port === undefined) throw new Error('a benchmark needs a role that listens');
    const config = { ...configOf(setup, 4), logLevel: 'warn' as const };
    const rt = await openRuntime(config, modules);
    stops.push(() => rt.close());
    const url = `http://127.0.0.1:${api.port}`;
    const pids = [postgres.pid, ...roles.map((role) => role.child.pid)];
    log(
      `PostgreSQL ${postgres.major}, ${roles.map((r) => r.child.name).join(' and ')} ` +
        `on ${url}: up after ${((performance.now() - started) / 1000).toFixed(1)} s, ${pssMib(...pids).toFixed(0)} MiB`,
    );
    return {
      url,
      rt,
      config,
      logIn: (login, password = demoPassword) => logIn(url, login, password),
      client: (more) => httpClient(url, more),
      cpuSeconds: () => cpuSeconds(...pids),
      apiCpuSeconds: () => cpuSeconds(api.child.pid),
      roleCpuSeconds: (name) => cpuSeconds(...roles.flatMap(({ child }) => (child.name === name ? [child.pid] : []))),
      apiRssMib: () => rssMib(api.child.pid),
      rolePid: (name) => roles.find((role) => role.child.name === name)?.child.pid ?? 0,
      pssMib: () => pssMib(...pids),
      killAndRestart: restart,
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startRole(
  name: RoleName,
  setup: RoleSetup,
  mediaProgram?: string,
): Promise<{ child: Child; port: number | undefined }> {
  let ready: (message: FromChild & { type: 'ready' }) => void = () => undefined;
  const readiness = new Promise<FromChild & { type: 'ready' }>((done) => (ready = done));
  const child = startChild(
    name,
    setup,
    roleLimits[name],
    (message) => message.type === 'ready' && ready(message),
    name === 'media' ? mediaProgram : undefined,
  );
  const first = await Promise.race([readiness, child.exited]);
  if (!('type' in first)) throw new Error(`${name} did not start: ${first.fatal ?? first.signal ?? first.code}`);
  return { child, port: first.port };
}

async function logIn(url: string, login: string, password: string): Promise<string> {
  const client = httpClient(url);
  try {
    const answer = await client.call('POST', '/api/session', { login, password });
    const [cookie] = answer.headers['set-cookie'] ?? [];
    if (answer.status !== 200 || cookie === undefined) {
      throw new Error(`could not sign in as ${login}: ${answer.status} ${answer.body.toString()}`);
    }
    return cookie.split(';')[0] ?? '';
  } finally {
    client.close();
  }
}
