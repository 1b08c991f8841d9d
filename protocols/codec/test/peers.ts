/** Programs of Debian that judge or feed these tests. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { vi } from 'vitest';

// Encoders and browsers take their time on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

/** Says why a test is skipped when a program is absent; with WANGGE_REQUIRE_PEERS=1 it runs, and fails. */
export function missing(...paths: string[]): string | undefined {
  const absent = paths.filter((path) => !existsSync(path));
  if (absent.length === 0 || process.env['WANGGE_REQUIRE_PEERS'] === '1') return undefined;
  return ` (skipped: ${absent.join(', ')} is not installed)`;
}

export const ffmpegPath = '/usr/bin/ffmpeg';

/** What ffmpeg writes to its standard output. */
export function ffmpeg(...args: string[]): Buffer {
  const options = { maxBuffer: 256 << 20, stdio: ['ignore', 'pipe', 'inherit'] as ('ignore' | 'pipe' | 'inherit')[] };
  return execFileSync(ffmpegPath, ['-v', 'error', '-nostdin', '-threads', '1', ...args], options);
}
