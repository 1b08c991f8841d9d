/** How a live player stays near the present, and what it forgets. Pure; all times in seconds of the media. */

export interface Buffered {
  readonly currentS: number;
  /** Rate at which it plays now. */
  readonly rate: number;
  /** What is buffered, in order. */
  readonly ranges: readonly (readonly [startS: number, endS: number])[];
}
export interface PlayStep {
  readonly rate: number;
  /** Jump there; null: stay. */
  readonly seekS: number | null;
  /** Everything before may be dropped; null: nothing. */
  readonly dropBeforeS: number | null;
}

/** Nearer to the end than this, the next late piece of picture would stop it. */
const nearestS = 0.1;
const farthestS = 0.6;
const jumpS = 3;
/** Where it settles, so that the rate does not swing about a border. */
const aimS = 0.3;
const keptS = 6;
const mostKeptS = 15;

/** One step of a live player: jump, run a little faster or slower, and forget what is behind. */
export function liveStep({ currentS, rate, ranges }: Buffered): PlayStep {
  const last = ranges.at(-1);
  if (!last) return { rate: 1, seekS: null, dropBeforeS: null };
  const [startS, endS] = last;
  const lagS = endS - currentS;
  // Before the last range lies a hole (a line that broke, a hidden tile): the present is behind it.
  const out = currentS < startS - 0.05 || lagS > jumpS || lagS < -0.05;
  const seekS = out ? Math.max(startS, endS - aimS) : null;
  const firstS = ranges[0]?.[0] ?? startS;
  const at = seekS ?? currentS;
  return {
    rate: out ? 1 : rateFor(lagS, rate),
    seekS,
    dropBeforeS: at - firstS > mostKeptS ? at - keptS : null,
  };
}

function rateFor(lagS: number, rate: number): number {
  if (lagS > farthestS) return lagS > 1.5 ? 1.25 : 1.1;
  if (lagS < nearestS) return 0.95;
  // On the way to the middle, it goes on until it is there.
  if (rate > 1 && lagS > aimS) return 1.1;
  if (rate < 1 && lagS < aimS - 0.1) return 0.95;
  return 1;
}
