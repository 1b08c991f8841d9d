/** A head that turns: where it looks, by the speeds it was told and the time since. */

export interface HeadPosition {
  /** −1 (left, down) to 1 (right, up). */
  readonly pan: number;
  readonly tilt: number;
  /** 0 wide to 1 near. */
  readonly zoom: number;
}

export interface Preset {
  readonly token: string;
  readonly name: string;
  readonly position: HeadPosition;
}

/** Of the whole way a second, at full speed. */
const reachPerS = 0.25;
const home: HeadPosition = { pan: 0, tilt: 0, zoom: 0 };

export class Head {
  readonly #now: () => number;
  readonly #presets = new Map<string, Preset>();
  #at = home;
  #speed = home;
  #sinceMs: number;
  #stopMs = Infinity;
  #named = 0;

  /** @param now milliseconds; `performance.now` unless told */
  constructor(now: () => number = () => performance.now()) {
    this.#now = now;
    this.#sinceMs = now();
  }

  get position(): HeadPosition {
    const seconds = Math.max(0, Math.min(this.#now(), this.#stopMs) - this.#sinceMs) / 1000;
    const on = (axis: keyof HeadPosition, min: number): number =>
      Math.min(1, Math.max(min, this.#at[axis] + this.#speed[axis] * reachPerS * seconds));
    return { pan: on('pan', -1), tilt: on('tilt', -1), zoom: on('zoom', 0) };
  }

  get moving(): boolean {
    const { pan, tilt, zoom } = this.#speed;
    return (pan !== 0 || tilt !== 0 || zoom !== 0) && this.#now() < this.#stopMs;
  }

  /** Speeds from −1 to 1, all 0 stops; ends by itself after `forMs`. */
  move(speed: HeadPosition, forMs = Infinity): void {
    this.#at = this.position;
    this.#speed = speed;
    this.#sinceMs = this.#now();
    this.#stopMs = this.#sinceMs + forMs;
  }

  stop(): void {
    this.move(home);
  }

  get presets(): readonly Preset[] {
    return [...this.#presets.values()];
  }

  /** @returns the preset's token, a new one unless one is given */
  setPreset(name: string, token?: string): string {
    const known = token === undefined || token === '' ? `preset-${++this.#named}` : token;
    this.#presets.set(known, { token: known, name: name === '' ? known : name, position: this.position });
    return known;
  }

  /** @returns false where there is no such preset */
  goTo(token: string): boolean {
    const preset = this.#presets.get(token);
    if (preset === undefined) return false;
    this.stop();
    this.#at = preset.position;
    return true;
  }

  removePreset(token: string): boolean {
    return this.#presets.delete(token);
  }
}
