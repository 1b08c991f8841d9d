/** The encoder: a program of the machine, or the one that npm brings. */
import { spawn, type ChildProcess } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

/** FFMPEG_PATH, else `ffmpeg` on PATH, else the optional package. @throws Error where there is none */
export function findFfmpeg(): string {
  const named = process.env['FFMPEG_PATH'];
  if (named !== undefined && named !== '') return named;
  for (const folder of (process.env['PATH'] ?? '').split(delimiter)) {
    const candidate = join(folder, 'ffmpeg');
    if (folder !== '' && isProgram(candidate)) return candidate;
  }
  try {
    const manifest = createRequire(import.meta.url).resolve('@ffmpeg-installer/linux-x64/package.json');
    const brought = join(manifest, '../ffmpeg');
    if (isProgram(brought)) return brought;
  } catch {
    // Optional: not there on other machines than Linux on x64.
  }
  throw new Error('no ffmpeg: install it, or name it in FFMPEG_PATH');
}

/** Runs it; `ended` settles when it has succeeded. @throws Error with the last of what it said */
export function startFfmpeg(program: string, args: readonly string[]): { child: ChildProcess; ended: Promise<void> } {
  const child = spawn(program, ['-hide_banner', '-nostdin', '-y', '-v', 'error', ...args], {
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr!.on('data', (data: Buffer) => {
    said = (said + data.toString()).slice(-2000);
  });
  // It may end before it has read everything: its exit tells why.
  child.stdin!.on('error', () => {});
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', (error) => reject(new Error(`${program}: ${error.message}`)));
    child.once('close', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`ffmpeg ended with ${code}: ${said.trim()}`));
    });
  });
  return { child, ended };
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
