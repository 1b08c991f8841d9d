/** Whose packets are taken. Anybody may send to an open port; a device may send from where it never said it is. */

/** After so long without a packet from where they are expected, those from elsewhere will do. */
const patienceMs = 2000;

export class SenderCheck {
  readonly #expected: ReadonlySet<string>;
  readonly #sinceMs: number;
  #taken: string | undefined;

  constructor(expected: readonly string[], nowMs: number) {
    this.#expected = new Set(expected);
    this.#sinceMs = nowMs;
  }

  /** The first one who may, is the one from then on. */
  admits(host: string, nowMs: number): boolean {
    if (this.#taken !== undefined) return host === this.#taken;
    if (!this.#expected.has(host) && nowMs - this.#sinceMs < patienceMs) return false;
    this.#taken = host;
    return true;
  }
}
