/** Programs of Debian that judge or feed these tests. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { vi } from 'vitest';

// Encoders and browsers take their time on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

export const ffmpegPath = '/usr/bin/ffmpeg';
const ffprobePath = '/usr/bin/ffprobe';
export const chromiumPath = process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium';

/** Says why a test is skipped when a program is absent; with WANGGE_REQUIRE_PEERS=1 it runs, and fails. */
export function missing(...paths: string[]): string | undefined {
  const absent = paths.filter((path) => !existsSync(path));
  if (absent.length === 0 || process.env['WANGGE_REQUIRE_PEERS'] === '1') return undefined;
  return ` (skipped: ${absent.join(', ')} is not installed)`;
}

function run(program: string, args: readonly string[]): Buffer {
  const { stdout, stderr, status } = spawnSync(program, args, { maxBuffer: 256 << 20 });
  // The judge's silence is the verdict: a warning about a file fails the test.
  if (status !== 0 || stderr.length > 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.toString()}`);
  return stdout;
}

/** What ffmpeg writes to its standard output; any complaint is an error. */
export function ffmpeg(...args: string[]): Buffer {
  return run(ffmpegPath, ['-v', 'error', '-xerror', '-nostdin', '-threads', '1', ...args]);
}

/** Presentation and decoding times of all packets of a stream in seconds, and their sizes. */
export function packets(file: string, stream: 'v' | 'a'): { pts: number; dts: number; size: number }[] {
  const entries = 'packet=pts_time,dts_time,size';
  const text = run(ffprobePath, [
    '-v',
    'error',
    '-select_streams',
    stream,
    '-show_entries',
    entries,
    '-of',
    'json',
    file,
  ]);
  const parsed = JSON.parse(text.toString()) as { packets: { pts_time: string; dts_time: string; size: string }[] };
  return parsed.packets.map((one) => ({
    pts: Number(one.pts_time),
    dts: Number(one.dts_time),
    size: Number(one.size),
  }));
}

/** Decodes all of a stream and tells how many frames came out; a file with a flaw throws. */
export function countFrames(file: string, stream: 'v' | 'a' = 'v'): number {
  const entries = ['-show_entries', 'stream=nb_read_frames', '-of', 'csv=p=0'];
  return Number(
    run(ffprobePath, ['-v', 'error', '-select_streams', stream, '-count_frames', ...entries, file]).toString(),
  );
}

/** Checksums of all decoded pictures, in the order in which they are shown. */
export function pictures(file: string, ...before: string[]): string[] {
  const text = ffmpeg(
    ...before,
    '-i',
    file,
    '-map',
    '0:v',
    '-fps_mode',
    'passthrough',
    '-f',
    'framemd5',
    '-',
  ).toString();
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => line.split(',').at(-1)?.trim() ?? '');
}
