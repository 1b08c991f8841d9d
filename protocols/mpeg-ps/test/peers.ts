/** Programs of Debian that judge or feed these tests. */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { vi } from 'vitest';

// Encoders and browsers take their time on a machine that is busy with other tests.
vi.setConfig({ testTimeout: 180_000 });

export const ffmpegPath = '/usr/bin/ffmpeg';
export const ffprobePath = '/usr/bin/ffprobe';
export const gstPath = '/usr/bin/gst-launch-1.0';

/** Says why a test is skipped when a program is absent; with WANGGE_REQUIRE_PEERS=1 it runs, and fails. */
export function missing(...paths: string[]): string | undefined {
  const absent = paths.filter((path) => !existsSync(path));
  if (absent.length === 0 || process.env['WANGGE_REQUIRE_PEERS'] === '1') return undefined;
  return ` (skipped: ${absent.join(', ')} is not installed)`;
}

function run(program: string, args: readonly string[]): Buffer {
  const { stdout, stderr, status } = spawnSync(program, args, { maxBuffer: 256 << 20 });
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.toString()}`);
  return stdout;
}

/** What ffmpeg writes to its standard output. */
export function ffmpeg(...args: string[]): Buffer {
  return run(ffmpegPath, ['-v', 'error', '-nostdin', '-threads', '1', ...args]);
}

/** Runs a GStreamer pipeline to its end. */
export function gst(pipeline: string): void {
  run(gstPath, ['-q', ...pipeline.split(' ')]);
}

/** Presentation and decoding times of all packets of a stream in microseconds, and their sizes. */
export function packets(file: string, stream: 'v' | 'a'): { ptsUs: number; dtsUs: number; size: number }[] {
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
  const toUs = (seconds: string): number => Math.round(Number(seconds) * 1e6);
  return parsed.packets.map((one) => ({
    ptsUs: toUs(one.pts_time),
    dtsUs: toUs(one.dts_time),
    size: Number(one.size),
  }));
}
