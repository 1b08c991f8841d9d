/** Foreign programs that the tests talk to: Debian packages. */
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { onTestFinished } from 'vitest';

const python = '/usr/bin/python3';

function has(name: 'ffmpeg' | 'gst'): boolean {
  if (name === 'ffmpeg') return existsSync('/usr/bin/ffmpeg');
  if (!existsSync(python)) return false;
  const check = 'import gi; gi.require_version("GstRtspServer", "1.0")';
  return spawnSync(python, ['-c', check]).status === 0;
}

/** Why the tests with these peers are skipped; undefined where they run. With WANGGE_REQUIRE_PEERS=1 they always run. */
export function missingPeers(...names: readonly ('ffmpeg' | 'gst')[]): string | undefined {
  const packages = { ffmpeg: 'ffmpeg', gst: 'gir1.2-gst-rtsp-server-1.0, gstreamer1.0-plugins-{good,bad,ugly}' };
  const missing = names.filter((name) => !has(name)).map((name) => packages[name]);
  if (missing.length === 0 || process.env['WANGGE_REQUIRE_PEERS'] === '1') return undefined;
  return `not installed: ${missing.join(', ')}`;
}

export interface GstCamera {
  readonly port: number;
  readonly child: ChildProcess;
}

/** A camera of GStreamer on a port of its own choice, for one test; see gst-camera.py for the options. */
export async function startGstCamera(...options: readonly string[]): Promise<GstCamera> {
  const script = fileURLToPath(new URL('gst-camera.py', import.meta.url));
  const child = spawn(python, [script, ...options], { stdio: ['ignore', 'pipe', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-2000);
  });
  const lines = createInterface({ input: child.stdout });
  const [line] = (await Promise.race([
    once(lines, 'line'),
    once(child, 'exit').then(() => {
      throw new Error(`the camera did not start: ${said}`);
    }),
  ])) as [string];
  return { port: Number(line), child };
}

/** Runs ffmpeg to its end; `said` is what it wrote to standard error. */
export async function runFfmpeg(args: readonly string[], input?: Uint8Array): Promise<{ code: number; said: string }> {
  const child = spawn('/usr/bin/ffmpeg', ['-hide_banner', '-nostdin', ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-20_000);
  });
  child.stdin.on('error', () => {});
  child.stdin.end(input);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code: code ?? -1, said };
}

/** What ffmpeg says of pictures that it cannot decode; empty for a clean stream. */
export async function judgeVideo(
  codec: 'h264' | 'hevc',
  stream: Uint8Array,
): Promise<{ frames: number; said: string }> {
  const args = ['-v', 'error', '-err_detect', 'explode', '-stats', '-f', codec, '-i', '-', '-f', 'null', '-'];
  const { said } = await runFfmpeg(args, stream);
  const frames = [...said.matchAll(/frame=\s*(\d+)/g)].at(-1)?.[1] ?? '0';
  const complaints = said.split(/[\r\n]+/).filter((line) => line !== '' && !line.startsWith('frame='));
  return { frames: Number(frames), said: complaints.join('\n') };
}

/** Publishes moving pictures and a tone to an address, for `seconds`. */
export function publishWithFfmpeg(url: string, seconds: number, options: readonly string[] = []): ChildProcess {
  const sources = ['-re', '-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=25'];
  const tone = ['-re', '-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=8000'];
  const video = ['-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-pix_fmt', 'yuv420p', '-b:v', '400k'];
  const audio = ['-c:a', 'pcm_alaw'];
  const out = ['-t', String(seconds), '-f', 'rtsp', ...options, url];
  const args = ['-hide_banner', '-nostdin', '-v', 'error', ...sources, ...tone, ...video, ...audio, ...out];
  const child = spawn('/usr/bin/ffmpeg', args, { stdio: ['ignore', 'ignore', 'inherit'] });
  onTestFinished(() => void child.kill('SIGKILL'));
  return child;
}
