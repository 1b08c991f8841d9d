/** Starts the product as a new user does, on a free port and an empty data folder. */
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = new URL('../../', import.meta.url).pathname;
const readyWithinMs = 240_000;

async function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => done(typeof address === 'object' && address ? address.port : 0));
    });
  });
}

/** The service answers and the demo town's people are there. */
async function isReady(url: string): Promise<boolean> {
  try {
    const answer = await fetch(`${url}/api/me/demo-accounts`);
    const body = (await answer.json()) as { accounts?: unknown[] };
    return answer.ok && (body.accounts?.length ?? 0) > 0;
  } catch {
    return false;
  }
}

/** @param options further words of `wangge start`; `stop` ends the server and removes its data */
export async function startServer(options: readonly string[] = []): Promise<{ url: string; stop(): Promise<void> }> {
  const port = await freePort();
  const sipPort = await freePort();
  const dataDir = mkdtempSync(join(tmpdir(), 'wangge-e2e-'));
  const url = `http://127.0.0.1:${port}`;
  const start = [join(root, 'apps/server/bin/wangge.mjs'), 'start', '--port', String(port), '--data', dataDir];
  start.push('--sip-port', String(sipPort));
  const child = spawn(process.execPath, [...start, ...options], { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  let exited = false;
  await new Promise<void>((ready, fail) => {
    const giveUp = (why: string): void => {
      child.kill('SIGKILL');
      fail(new Error(`the server ${why}:\n${output.slice(-4000)}`));
    };
    const timer = setTimeout(() => giveUp('did not become ready in time'), readyWithinMs);
    const hear = (chunk: Buffer): void => {
      output += chunk.toString();
      // The last line of what a start prints.
      if (!output.includes('Ctrl-C')) return;
      clearTimeout(timer);
      ready();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', () => {
      exited = true;
      clearTimeout(timer);
      giveUp('ended');
    });
  });
  if (!(await isReady(url))) throw new Error(`the server says it is ready and is not:\n${output.slice(-4000)}`);
  return {
    url,
    async stop() {
      if (!exited) {
        const gone = new Promise<void>((done) => child.once('exit', () => done()));
        child.kill('SIGINT');
        await gone;
      }
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}
