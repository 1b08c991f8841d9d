/** A camera that is not there: what it shows, and how it misbehaves. */
import { type Variant, readFacts } from '../film/facts.ts';
import { rareKeyFilm } from '../film/rare-keys.ts';
import type { Faults } from './faults.ts';
import type { Film, FilmShelf } from './film.ts';
import { LoopPlayer } from './player.ts';

export interface CameraOptions {
  /** From 1. */
  readonly number: number;
  readonly scene: string;
  readonly tone?: boolean;
  readonly faults?: Faults;
}

export class Camera {
  readonly number: number;
  readonly scene: string;
  readonly faults: Faults;
  readonly #tone: boolean;
  readonly #shelf: FilmShelf;
  readonly #folder: string;
  readonly #players = new Map<Variant, Promise<LoopPlayer>>();

  constructor(shelf: FilmShelf, folder: string, options: CameraOptions) {
    this.#shelf = shelf;
    this.#folder = folder;
    this.number = options.number;
    this.scene = options.scene;
    this.faults = options.faults ?? {};
    this.#tone = options.tone ?? false;
  }

  /** The same player for everybody; its film is read when it is asked for. @throws Error where there is none */
  player(variant: Variant): Promise<LoopPlayer> {
    const known = this.#players.get(variant);
    if (known !== undefined) return known;
    const player = this.#open(variant);
    this.#players.set(variant, player);
    player.catch(() => this.#players.delete(variant));
    return player;
  }

  async keyPicture(variant: Variant): Promise<void> {
    (await this.player(variant)).keyPicture();
  }

  async end(): Promise<void> {
    for (const player of this.#players.values()) (await player).end();
  }

  async #open(variant: Variant): Promise<LoopPlayer> {
    const { faults } = this;
    const other: Variant = variant === 'main' ? 'sub' : 'main';
    return new LoopPlayer({
      film: await this.film(variant),
      otherFilm: faults.resizes === undefined ? undefined : await this.#shelf.film(this.scene, other),
      tone: this.#tone,
      faults,
      // Cameras with the same film are not in step, as in a town.
      phase: this.number * 37,
    });
  }

  /** What it shows, without a player. @throws Error where it was not made */
  async film(variant: Variant): Promise<Film> {
    const film = await this.#shelf.film(this.scene, variant);
    if (this.faults.rareKeys !== true) return film;
    const facts = await readFacts(this.#folder, this.scene, variant);
    return facts === undefined ? film : rareKeyFilm(this.#folder, facts, variant);
  }
}
