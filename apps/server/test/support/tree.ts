/** A whole server as people start it: the real command in a process of its own. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRunning } from '../../src/data-folder.ts';

const command = join(import.meta.dirname, '../../bin/wangge.mjs');

export interface Tree {
  readonly process: ChildProcess;
  /** Everything printed so far. */
  said(): string;
  /** Resolves with the exit code. */
  readonly ended: Promise<number | null>;
  /** Resolves when it serves, with its address; rejects with what it said when it ends before. */
  ready(): Promise<string>;
}

export interface TreeOptions {
  readonly dataDir: string;
  readonly args?: readonly string[];
  readonly ids?: { readonly uid: number; readonly gid: number };
}

export function startTree({ dataDir, args = ['--empty'], ids }: TreeOptions): Tree {
  const env = { PATH: process.env['PATH'], NODE_COMPILE_CACHE: join(dataDir, '../cache') };
  const child = spawn(process.execPath, [command, 'start', '--data', dataDir, '--port', '0', ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    cwd: '/',
    env,
    ...ids,
  });
  let text = '';
  let wake: () => void = () => undefined;
  for (const stream of [child.stdout, child.stderr]) {
    stream.on('data', (chunk: Buffer) => {
      text += chunk.toString();
      wake();
    });
  }
  const ended = once(child, 'close').then(([code]) => code as number | null);
  return {
    process: child,
    said: () => text,
    ended,
    async ready() {
      const over = ended.then(() => 'over' as const);
      for (;;) {
        if (text.includes('Ctrl-C stops')) return readRunning(dataDir)?.url ?? '';
        const heard = new Promise<'heard'>((done) => (wake = () => done('heard')));
        if ((await Promise.race([heard, over])) === 'over') throw new Error(text);
      }
    },
  };
}

/** Processes whose parent this is, by what their command line contains. */
export function childrenOf(pid: number, word: string): number[] {
  const list = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  return (list === '' ? [] : list.split(' '))
    .map(Number)
    .filter((child) => existsSync(`/proc/${child}`) && readFileSync(`/proc/${child}/cmdline`, 'utf8').includes(word));
}

/** Is any process of the tree over this data folder still there? */
export function processesOn(pids: readonly number[]): number[] {
  return pids.filter((pid) => {
    try {
      return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
    } catch {
      return false;
    }
  });
}
