/** Eight clients create while the API and then PostgreSQL are killed: nothing acknowledged is lost or doubled. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { newId } from '@wangge/contract-kit';
import { areaIndex, areas, seedAreas } from '@wangge/areas';
import { type Config, ensureAppLogin, migrate, openRuntime } from '@wangge/kernel';
import { type RunningPostgres, startPostgres } from '@wangge/kernel/postgres';
import { notify } from '@wangge/notify';
import { addUser, staff } from '@wangge/staff';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { incidents, seedCategories } from '../src/index.ts';
import { demoTown, password } from '../src/testkit.ts';

const modules = [areas, staff, notify, incidents];
const folder = mkdtempSync(join(tmpdir(), 'wangge-crash-'));
const from = process.env['WANGGE_TEST_PG'] === 'debian' ? 'debian' : 'npm';
let postgres: RunningPostgres;
let config: Config;
let ownerUrl: string;
let areaId: string;
let api: { url: string; child: ChildProcess };

async function startApi(): Promise<typeof api> {
  const script = fileURLToPath(new URL('fixtures/run-api.ts', import.meta.url));
  const child = spawn(process.execPath, [script, JSON.stringify(config)], { stdio: ['pipe', 'pipe', 'inherit'] });
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { url: line.toString().trim(), child };
}

beforeAll(async () => {
  postgres = await startPostgres({ from, dataDir: join(folder, 'pg'), port: 0 });
  const admin = new pg.Client({ connectionString: postgres.url });
  await admin.connect();
  await admin.query('create database wangge_crash');
  await admin.end();
  const owner = new URL(postgres.url);
  owner.pathname = '/wangge_crash';
  ownerUrl = owner.toString();
  await migrate(ownerUrl, modules);
  config = {
    databaseUrl: await ensureAppLogin(ownerUrl, 'wangge_crash_app', 'test'),
    ownerUrl,
    dataDir: folder,
    publicUrl: 'http://127.0.0.1',
    demo: true,
    trustedProxies: [],
    version: 'test',
    zone: 'Asia/Shanghai',
    poolSize: 8,
    logLevel: 'silent',
    rateLimits: false,
  };
  const rt = await openRuntime(config, modules);
  await seedAreas(rt, demoTown);
  await seedCategories(rt);
  await addUser(rt, { login: 'diaodu', name: '调度员', password, role: 'dispatcher' });
  areaId =
    areaIndex(rt)
      .all()
      .find((a) => a.level === 'grid')?.id ?? '';
  await rt.close();
  api = await startApi();
});
afterAll(async () => {
  api.child.kill('SIGKILL');
  await postgres.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** What a client does without a service: it waits until there is one again. */
class Service {
  #up = Promise.resolve();
  #resolve: () => void = () => undefined;
  down(): void {
    this.#up = new Promise((done) => (this.#resolve = done));
  }
  back(): void {
    this.#resolve();
  }
  whenUp(): Promise<void> {
    return this.#up;
  }
}

describe('kill -9 while eight clients create', () => {
  it('leaves every acknowledged incident there exactly once', async () => {
    const headers = { 'content-type': 'application/json', 'x-wangge': '1' };
    const post = (path: string, body: unknown, cookie = ''): Promise<Response> =>
      fetch(`${api.url}${path}`, { method: 'POST', headers: { ...headers, cookie }, body: JSON.stringify(body) });
    const logIn = async (secret: string): Promise<string> => {
      const answer = await post('/api/session', { login: 'diaodu', password: secret });
      return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
    };
    // The first password only lets one choose another.
    const next = `${password}-2`;
    await post('/api/me/password', { current: password, next }, await logIn(password));
    const cookie = await logIn(next);

    const service = new Service();
    const acknowledged = new Map<string, string>();
    const tried = new Set<string>();
    const refused: string[] = [];
    const marks: { at: number; reached: () => void }[] = [];
    const reach = (at: number): Promise<void> => new Promise((reached) => marks.push({ at, reached }));
    let stop = false;

    /** The same key until it is acknowledged: what a phone does with a report it could not deliver. */
    const send = async (key: string): Promise<void> => {
      const report = { clientKey: key, categoryCode: 'patrol.lamp', description: '路灯不亮', areaId };
      while (!stop) {
        await service.whenUp();
        const answer = await post('/api/incidents', report, cookie).catch(() => null);
        if (answer === null || answer.status >= 500) continue;
        const text = await answer.text().catch(() => null);
        if (text === null) continue;
        if (answer.status === 200) acknowledged.set(key, (JSON.parse(text) as { id: string }).id);
        else refused.push(`${answer.status} ${text}`);
        // A refusal is a fault of the test's own; it must not make it wait.
        for (const mark of marks) if (acknowledged.size >= mark.at || refused.length > 0) mark.reached();
        return;
      }
    };
    const client = async (): Promise<void> => {
      while (!stop) {
        const key = newId();
        tried.add(key);
        await send(key);
      }
    };
    const clients = Array.from({ length: 8 }, client);

    await reach(100);
    service.down();
    api.child.kill('SIGKILL');
    await once(api.child, 'exit');
    api = await startApi();
    service.back();

    await reach(200);
    service.down();
    process.kill(postgres.pid, 'SIGKILL');
    await postgres.exited;
    const port = Number(new URL(ownerUrl).port);
    postgres = await startPostgres({ from, dataDir: join(folder, 'pg'), port });
    service.back();

    await reach(300);
    stop = true;
    await Promise.all(clients);

    const owner = new pg.Client({ connectionString: ownerUrl });
    await owner.connect();
    const found = await owner.query<{ key: string; id: string }>(
      "select split_part(client_key, ':', 2) as key, id from incidents_incidents",
    );
    const steps = await owner.query(
      'select incident_id from incidents_history group by incident_id having count(*) <> 3',
    );
    const counted = await owner.query<{ n: number }>('select sum(n)::int as n from incidents_count_deltas');
    await owner.end();
    const byKey = new Map(found.rows.map((r) => [r.key, r.id]));
    expect(refused).toEqual([]);
    expect(byKey.size).toBe(found.rows.length);
    expect([...acknowledged].filter(([key, id]) => byKey.get(key) !== id)).toEqual([]);
    expect([...byKey.keys()].filter((key) => !tried.has(key))).toEqual([]);
    expect(steps.rows).toEqual([]);
    expect(counted.rows[0]?.n).toBe(found.rows.length);
  }, 120_000);
});
