import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { connect } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { authorityOf } from '../src/tls/authority.ts';
import { type Tree, childrenOf, processesOn, startTree } from './support/tree.ts';

const patience = { timeout: 30_000, interval: 50 };
let home: string;
const trees: Tree[] = [];

beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'wangge-serve-'));
  chmodSync(home, 0o777);
});
afterEach(async () => {
  for (const tree of trees.splice(0)) {
    tree.process.kill('SIGTERM');
    await tree.ended;
  }
  rmSync(home, { recursive: true, force: true });
});

function start(more: Partial<Parameters<typeof startTree>[0]> = {}): Tree {
  const tree = startTree({ dataDir: join(home, 'data'), ...more });
  trees.push(tree);
  return tree;
}

async function health(url: string): Promise<unknown> {
  const response = await fetch(`${url}/api/health`);
  return ((await response.json()) as { ok: unknown }).ok;
}

function pidsOf(tree: Tree): number[] {
  const top = tree.process.pid ?? 0;
  return [top, ...childrenOf(top, ''), ...childrenOf(top, 'bin/postgres').flatMap((pid) => childrenOf(pid, ''))];
}

describe('the whole tree', () => {
  it('starts, mends what is killed, and stops cleanly', async () => {
    const tree = start();
    const url = await tree.ready();
    expect(await health(url)).toBe(true);
    const top = tree.process.pid ?? 0;
    for (const word of ['role/api.ts', 'role/media.ts', 'role/jobs.ts', 'bin/postgres']) {
      const [victim = 0] = childrenOf(top, word);
      process.kill(victim, 'SIGKILL');
      await vi.waitFor(() => {
        expect(childrenOf(top, word)).toHaveLength(1);
        expect(childrenOf(top, word)).not.toContain(victim);
      }, patience);
      await vi.waitFor(async () => expect(await health(url)).toBe(true), patience);
    }
    // All mended, so that the stop's words come alone.
    await vi.waitFor(() => {
      for (const name of ['api', 'media', 'jobs', 'PostgreSQL']) expect(tree.said()).toContain(`${name} runs again`);
    }, patience);
    const pids = pidsOf(tree);
    expect(pids.length).toBeGreaterThan(6);
    // npm and the terminal may both pass on one Ctrl-C.
    tree.process.kill('SIGINT');
    tree.process.kill('SIGINT');
    expect(await tree.ended).toBe(0);
    expect(tree.said()).toMatch(/Stopping …\nStopped\.\n$/);
    expect(processesOn(pids)).toEqual([]);
    expect(existsSync(join(home, 'data/lock'))).toBe(false);
    expect(existsSync(join(home, 'data/postgres/cluster/postmaster.pid'))).toBe(false);
  }, 120_000);

  it('leaves nothing behind when its supervisor is killed, and starts again', async () => {
    const tree = start();
    await tree.ready();
    const pids = pidsOf(tree);
    tree.process.kill('SIGKILL');
    await vi.waitFor(() => expect(processesOn(pids)).toEqual([]), patience);
    const again = start();
    expect(await health(await again.ready())).toBe(true);
  }, 120_000);

  it('says in one line that the folder is in use, or the port taken', async () => {
    await start().ready();
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.said()).toMatch(/^The data folder .* is in use by a running Wangge \(process \d+\).*\n$/);

    const blocker = createServer().listen(0, '127.0.0.1');
    await once(blocker, 'listening');
    const { port } = blocker.address() as AddressInfo;
    const third = start({ dataDir: join(home, 'other'), args: ['--empty', '--port', String(port)] });
    expect(await third.ended).toBe(1);
    expect(third.said()).toMatch(new RegExp(`^Port 127\\.0\\.0\\.1:${port} is taken by another program.*\\n$`));
    expect(existsSync(join(home, 'other/lock'))).toBe(false);
    blocker.close();
  }, 120_000);

  it('stops in the middle of a start', async () => {
    const tree = start();
    await vi.waitFor(() => expect(tree.said()).toContain('Database: ready'), patience);
    tree.process.kill('SIGTERM');
    expect(await tree.ended).toBe(1);
    expect(existsSync(join(home, 'data/postgres/cluster/postmaster.pid'))).toBe(false);
    expect(existsSync(join(home, 'data/lock'))).toBe(false);
  }, 120_000);

  it('serves HTTPS with HTTP/2 out of its own authority', async () => {
    const tree = start({ args: ['--empty', '--tls-self', '--host', '127.0.0.1'] });
    const url = await tree.ready();
    expect(url).toMatch(/^https:/);
    const { pem, fingerprint } = authorityOf(join(home, 'data'));
    expect(tree.said()).toContain(fingerprint);
    const session = connect(url, { ca: pem });
    const [status, body] = await new Promise<[number, string]>((done, fail) => {
      session.once('error', fail);
      const request = session.request({ ':path': '/ca' });
      let answer = 0;
      let text = '';
      request.on('response', (headers) => (answer = Number(headers[':status'])));
      request.on('data', (chunk: Buffer) => (text += chunk.toString()));
      request.on('end', () => done([answer, text]));
    });
    session.close();
    expect(status).toBe(200);
    expect(body).toContain(fingerprint);
  }, 120_000);

  it('runs as an ordinary user', async (context) => {
    if (process.getuid?.() !== 0) return context.skip('this run is the ordinary user');
    mkdirSync(join(home, 'own'));
    chmodSync(join(home, 'own'), 0o777);
    const tree = start({ dataDir: join(home, 'own/data'), ids: { uid: 1, gid: 1 } });
    expect(await health(await tree.ready())).toBe(true);
    for (const pid of pidsOf(tree)) expect(readFileSync(`/proc/${pid}/status`, 'utf8')).toMatch(/^Uid:\s+1\b/m);
  }, 120_000);
});
