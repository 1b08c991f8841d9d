/** A film with one key picture a minute: three rounds of a loop coded anew as one. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Film } from '../loop/film.ts';
import { filmOf } from '../loop/film.ts';
import { type FilmFacts, filmPath, type Variant } from './facts.ts';
import { findFfmpeg, startFfmpeg } from './ffmpeg.ts';

const keyEveryS = 60;

/** @throws Error of ffmpeg */
export async function rareKeyFilm(folder: string, facts: FilmFacts, variant: Variant): Promise<Film> {
  const scratch = await mkdtemp(join(tmpdir(), 'rare-keys-'));
  const out = join(scratch, 'film.h264');
  const { picturesPerS, pictures, width, height } = facts;
  const total = String(keyEveryS * picturesPerS);
  const rounds = Math.ceil((keyEveryS * picturesPerS) / pictures);
  const input = filmPath(folder, facts.scene, variant);
  try {
    const { ended } = startFfmpeg(findFfmpeg(), [
      '-framerate',
      String(picturesPerS),
      '-stream_loop',
      String(rounds - 1),
      '-i',
      input,
      '-frames:v',
      total,
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-threads',
      '1',
      '-bf',
      '0',
      '-g',
      total,
      '-keyint_min',
      total,
      '-sc_threshold',
      '0',
      '-b:v',
      '120k',
      '-f',
      'h264',
      out,
    ]);
    await ended;
    return { ...filmOf(await readFile(out), picturesPerS), width, height };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
