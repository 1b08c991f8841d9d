/** One run of the real command line. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const command = join(import.meta.dirname, '../../bin/wangge.mjs');

export interface CommandResult {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

export async function wangge(...args: readonly string[]): Promise<CommandResult> {
  // Not the tests' own database: the command must find the town of its data folder.
  const { DATABASE_URL: _, WANGGE_DATA: __, ...env } = process.env;
  const child = spawn(process.execPath, [command, ...args], { stdio: ['ignore', 'pipe', 'pipe'], env });
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, out, err };
}
