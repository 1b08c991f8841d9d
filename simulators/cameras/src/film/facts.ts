/** What a film is: one scene in one size, coded once, to be sent again and again. */
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';

export type Variant = 'main' | 'sub';
export const variants: readonly Variant[] = ['main', 'sub'];

/** Grows whenever a scene is drawn or coded otherwise, so that old films are made anew. */
const filmVersion = 1;

export interface FilmFacts {
  readonly scene: string;
  readonly title: string;
  readonly variant: Variant;
  readonly codec: 'h264';
  readonly width: number;
  readonly height: number;
  readonly picturesPerS: number;
  readonly pictures: number;
  readonly keyEveryS: number;
  readonly bytes: number;
  /** Thousands of bits a second, over the whole loop. */
  readonly kbitPerS: number;
}

export const filmName = (scene: string, variant: Variant): string => `${scene}-${variant}-v${filmVersion}`;
export const filmPath = (folder: string, scene: string, variant: Variant): string =>
  join(folder, 'scenes', `${filmName(scene, variant)}.h264`);
export const factsPath = (folder: string, scene: string, variant: Variant): string =>
  join(folder, 'scenes', `${filmName(scene, variant)}.json`);

/** Undefined where the film is not there, or not whole. */
export async function readFacts(folder: string, scene: string, variant: Variant): Promise<FilmFacts | undefined> {
  try {
    const facts = JSON.parse(await readFile(factsPath(folder, scene, variant), 'utf8')) as FilmFacts;
    const { size } = await stat(filmPath(folder, scene, variant));
    return size === facts.bytes ? facts : undefined;
  } catch {
    return undefined;
  }
}
