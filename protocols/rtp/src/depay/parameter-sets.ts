/** The parameter sets that are in force, from the description or from the stream. */
import type { NalRules } from './nal-rules.ts';

/** More of one type than this is garbage. */
const maxPerType = 16;

export class ParameterSets {
  readonly #rules: NalRules;
  #byType = new Map<number, Uint8Array[]>();

  /** @param initial from the description; what is not a parameter set is passed over, for descriptions lie */
  constructor(rules: NalRules, initial: readonly Uint8Array[]) {
    this.#rules = rules;
    this.update(initial);
  }

  /** Whether a decoder could begin: one of each type is known. */
  get complete(): boolean {
    return this.#rules.parameterSets.every((type) => this.#byType.has(type));
  }

  /** All that are known, in the order in which a decoder wants them. */
  list(): Uint8Array[] {
    return this.#rules.parameterSets.flatMap((type) => this.#byType.get(type) ?? []);
  }

  /**
   * Takes over the parameter sets among the NAL units of one picture: they replace those of the same types.
   *
   * @returns whether anything changed
   */
  update(nals: readonly Uint8Array[]): boolean {
    const found = new Map<number, Uint8Array[]>();
    for (const nal of nals) {
      if (nal.length <= this.#rules.headerSize) continue;
      const type = this.#rules.type(nal);
      if (!this.#rules.parameterSets.includes(type)) continue;
      const same = found.get(type) ?? [];
      if (same.length < maxPerType && !same.some((one) => equal(one, nal))) found.set(type, [...same, nal]);
    }
    let changed = false;
    for (const [type, sets] of found) {
      const known = this.#byType.get(type);
      if (known?.length === sets.length && known.every((one, index) => equal(one, sets[index]!))) continue;
      // Copied: a view would keep the chunk of the socket alive as long as the stream.
      this.#byType.set(
        type,
        sets.map((one) => Uint8Array.from(one)),
      );
      changed = true;
    }
    return changed;
  }
}

function equal(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && Buffer.compare(one, other) === 0;
}
