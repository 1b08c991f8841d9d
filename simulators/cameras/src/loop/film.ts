/** A film in memory: its pictures as frames, shared by every camera that shows it. */
import { readFile } from 'node:fs/promises';
import { AccessUnitAssembler, isParameterSet, splitAnnexB, type VideoTrack } from '@wangge/codec';
import { filmPath, readFacts, type Variant } from '../film/facts.ts';

export interface Picture {
  readonly key: boolean;
  /** NAL units, parameter sets before each key picture included. */
  readonly nals: readonly Uint8Array[];
}

export interface Film {
  readonly pictures: readonly Picture[];
  readonly track: VideoTrack;
  readonly picturesPerS: number;
  readonly width: number;
  readonly height: number;
}

/** @throws Error where the film was not made, or has no key picture at its beginning */
export async function readFilm(folder: string, scene: string, variant: Variant): Promise<Film> {
  const facts = await readFacts(folder, scene, variant);
  if (facts === undefined) throw new Error(`the film of ${scene} (${variant}) is not there: make the films first`);
  const bytes = await readFile(filmPath(folder, scene, variant));
  return { ...filmOf(bytes, facts.picturesPerS), width: facts.width, height: facts.height };
}

/** Pictures of a stream of H.264 (Annex B). @throws Error where it cannot be begun with its first picture */
export function filmOf(bytes: Uint8Array, picturesPerS: number): Omit<Film, 'width' | 'height'> {
  const pictures: Picture[] = [];
  const assembler = new AccessUnitAssembler<undefined>({
    codec: 'h264',
    onUnit: ({ nals, key }) => pictures.push({ nals, key }),
  });
  for (const nal of splitAnnexB(bytes)) assembler.push(nal, undefined);
  assembler.flush();
  const first = pictures[0];
  if (first?.key !== true) throw new Error('a film has to begin with a key picture');
  const parameterSets = first.nals.filter((nal) => isParameterSet('h264', nal));
  if (parameterSets.length < 2) throw new Error('a film has to carry its parameter sets');
  return { pictures, track: { kind: 'video', codec: 'h264', parameterSets }, picturesPerS };
}

/** Reads each film once, whoever asks for it and however often. */
export class FilmShelf {
  readonly #folder: string;
  readonly #films = new Map<string, Promise<Film>>();

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** @throws Error as {@link readFilm} */
  film(scene: string, variant: Variant): Promise<Film> {
    const name = `${scene}/${variant}`;
    const known = this.#films.get(name);
    if (known !== undefined) return known;
    const film = readFilm(this.#folder, scene, variant);
    this.#films.set(name, film);
    film.catch(() => this.#films.delete(name));
    return film;
  }
}
