/** Source of deterministic random numbers, uniform in [0, 1). */
export type Rng = () => number;

/**
 * Small deterministic generator (sfc32 of PractRand by Chris Doty-Humphrey, 128 bits of state):
 * the same seed gives the same numbers on every machine and in every browser. Not for secrets.
 */
export function rng(seed: number): Rng {
  let a = 0x9e3779b9;
  let b = 0x243f6a88;
  let c = 0xb7e15162;
  let counter = seed | 0;
  const next = () => {
    const t = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + t) | 0;
    return (t >>> 0) / 4294967296;
  };
  // Neighbouring seeds start out alike; a few rounds pull them apart.
  for (let i = 0; i < 15; i++) next();
  return next;
}

/** Uniform number in [from, to). */
export function between(random: Rng, from: number, to: number): number {
  return from + (to - from) * random();
}

/** Whole number in [from, to], both included. */
export function wholeBetween(random: Rng, from: number, to: number): number {
  return from + Math.floor(random() * (to - from + 1));
}

/** One of the items. Throws on an empty list: that is a caller's mistake. */
export function pick<T>(random: Rng, items: readonly T[]): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('pick: nothing to pick from');
  return item;
}
