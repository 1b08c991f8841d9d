/**
 * Ctrl-C in a terminal: the kernel sends SIGINT to the whole foreground group, so the server, each of its
 * roles and npm get it at once, and npm passes it on a second time.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { childrenOf, processesOn } from './support/tree.ts';

const command = join(import.meta.dirname, '../bin/wangge.mjs');
const ctrlC = '\u0003';
const has = (program: string): boolean => spawnSync(program, ['--version']).status === 0;
const able = has('script') && has('npm');

/** Below a process, all generations. */
function descendants(pid: number): number[] {
  return childrenOf(pid, '').flatMap((child) => [child, ...descendants(child)]);
}

interface Terminal {
  readonly process: ChildProcess;
  said(): string;
  /** Resolves when the text has been printed; rejects with all that was when the terminal closes before. */
  until(text: string): Promise<void>;
  readonly closed: Promise<number | null>;
}

/** Runs a line as if typed at a terminal: `script` (util-linux) gives it a pseudo terminal of its own. */
function openTerminal(line: string, cwd: string): Terminal {
  const { DATABASE_URL: _, WANGGE_DATA: __, ...env } = process.env;
  const child = spawn('script', ['--quiet', '--return', '--command', line, '/dev/null'], {
    cwd,
    env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let text = '';
  let wake: () => void = () => undefined;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      wake();
    });
  const closed = once(child, 'close').then(([code]) => code as number | null);
  return {
    process: child,
    said: () => text.replaceAll('\r\n', '\n'),
    closed,
    async until(wanted) {
      const over = closed.then(() => 'over' as const);
      while (!text.includes(wanted)) {
        const heard = new Promise<'heard'>((done) => (wake = () => done('heard')));
        if ((await Promise.race([heard, over])) === 'over') throw new Error(text);
      }
    },
  };
}

describe.skipIf(!able)(`a terminal${able ? '' : ' (skipped: script of util-linux, or npm, is not here)'}`, () => {
  let home: string;
  let terminal: Terminal | undefined;
  beforeEach(() => {
    home = mkdtempSync(join(tmpdir(), 'wangge-terminal-'));
    chmodSync(home, 0o777);
    // What `npm start` of the project comes to once it is installed and built.
    const start = `"${process.execPath}" "${command}" start --empty --port 0 --data "${join(home, 'data')}"`;
    writeFileSync(join(home, 'package.json'), JSON.stringify({ private: true, scripts: { start } }));
  });
  afterEach(async () => {
    terminal?.process.kill('SIGTERM');
    await terminal?.closed;
    rmSync(home, { recursive: true, force: true });
  });

  it.each([
    ['once', ctrlC],
    ['twice in a row', ctrlC + ctrlC],
    ['by an impatient hand', ctrlC.repeat(10)],
  ])(
    'stops the tree cleanly when Ctrl-C is pressed %s',
    async (_how, keys) => {
      terminal = openTerminal('npm start', home);
      await terminal.until('Ctrl-C stops');
      const pids = descendants(terminal.process.pid ?? 0);
      const names = pids.map((pid) => readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
      for (const word of ['npm', 'wangge.mjs', 'role/api.ts', 'role/jobs.ts', 'bin/postgres'])
        expect(names.some((name) => name.includes(word))).toBe(true);
      terminal.process.stdin?.write(keys);
      await terminal.until('Stopped.');
      await terminal.closed;
      expect(processesOn(pids)).toEqual([]);
      expect(terminal.said()).toContain('Stopping …\n');
      expect(terminal.said()).not.toMatch(/runs again|ended \(|Error|unhandled/i);
      expect(existsSync(join(home, 'data/lock'))).toBe(false);
      expect(existsSync(join(home, 'data/postgres/cluster/postmaster.pid'))).toBe(false);
    },
    120_000,
  );

  it('that is closed stops it as well', async () => {
    terminal = openTerminal('npm start', home);
    await terminal.until('Ctrl-C stops');
    const pids = descendants(terminal.process.pid ?? 0);
    // The window is gone: the kernel hangs up on everything in it.
    terminal.process.kill('SIGKILL');
    await expect.poll(() => processesOn(pids), { timeout: 60_000, interval: 100 }).toEqual([]);
    expect(existsSync(join(home, 'data/postgres/cluster/postmaster.pid'))).toBe(false);
  }, 120_000);
});
