/** Where the programs for decoding and encoding are; everything that copies works without them. */
import { accessSync, constants, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

let found: { readonly path: string | null; readonly asked: string } | undefined;

/** `FFMPEG_PATH`, else `ffmpeg` of the search path, else the one that npm brought; null: there is none. */
export function ffmpegPath(): string | null {
  const asked = `${process.env['FFMPEG_PATH'] ?? ''} ${process.env['PATH'] ?? ''}`;
  if (found?.asked !== asked) found = { path: search(), asked };
  return found.path;
}

function search(): string | null {
  const told = process.env['FFMPEG_PATH'];
  if (told !== undefined && told !== '') return isProgram(told) ? told : null;
  const onPath = (process.env['PATH'] ?? '')
    .split(delimiter)
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, 'ffmpeg'))
    .find(isProgram);
  return onPath ?? ofNpm();
}

function ofNpm(): string | null {
  try {
    const path = createRequire(import.meta.url).resolve('@ffmpeg-installer/linux-x64/ffmpeg');
    return isProgram(path) ? path : null;
  } catch {
    // An optional package, which other processors do not have.
    return null;
  }
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}
