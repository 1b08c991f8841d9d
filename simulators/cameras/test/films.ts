/** Films for the tests, made once on this machine and kept between runs. */
import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Camera, type CameraOptions, FilmShelf, makeFilms, scenes } from '../src/index.ts';

export const folder = join(tmpdir(), 'wangge-test-films');
export const filmed = 'stairwell';
/** The first one draws and codes two hundred pictures. */
export const makingMs = 180_000;

export const makeTestFilm = (): Promise<void> =>
  makeFilms(folder, { scenes: scenes.filter(({ name }) => name === filmed), workers: 1 });

export const cameraOf = (options: Partial<CameraOptions> = {}): Camera =>
  new Camera(new FilmShelf(folder), folder, { number: 1, scene: filmed, ...options });

/** Why tests with these programs are skipped; undefined where they run. */
export function missingPrograms(...names: readonly string[]): string | undefined {
  const missing = names.filter((name) => !existsSync(`/usr/bin/${name}`));
  if (missing.length === 0 || process.env['WANGGE_REQUIRE_PEERS'] === '1') return undefined;
  return `not installed: ${missing.join(', ')}`;
}
