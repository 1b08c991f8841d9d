/** All films of a folder, those that are missing. */
import sharp from 'sharp';
import { scenes as allScenes } from '../scenes/index.ts';
import type { Scene } from '../scenes/scene.ts';
import { readFacts, variants } from './facts.ts';
import { findFfmpeg } from './ffmpeg.ts';
import { makeFilm } from './make-film.ts';

export interface MakeFilmsOptions {
  readonly scenes?: readonly Scene[];
  /** Films made at the same time; two unless told. */
  readonly workers?: number;
  /** Before the first and behind each film: how many are there, of how many. */
  readonly onProgress?: (done: number, total: number, tookS: number) => void;
}

/** Makes what is not there yet; called again after a kill it goes on. @throws Error of the first film that fails */
export async function makeFilms(folder: string, options: MakeFilmsOptions = {}): Promise<void> {
  const { scenes = allScenes, workers = 2, onProgress } = options;
  const begun = performance.now();
  const missing: Scene[] = [];
  for (const scene of scenes) if (!(await isThere(folder, scene))) missing.push(scene);
  if (missing.length === 0) return;
  // Each picture is small: threads within one only get in each other's way.
  sharp.concurrency(1);
  const ffmpeg = findFfmpeg();
  let done = scenes.length - missing.length;
  const tell = (): void => onProgress?.(done, scenes.length, (performance.now() - begun) / 1000);
  tell();
  const work = async (): Promise<void> => {
    for (let scene = missing.shift(); scene !== undefined; scene = missing.shift()) {
      await makeFilm(scene, folder, ffmpeg);
      done += 1;
      tell();
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
}

async function isThere(folder: string, scene: Scene): Promise<boolean> {
  const facts = await Promise.all(variants.map((variant) => readFacts(folder, scene.name, variant)));
  return facts.every((one) => one !== undefined);
}
