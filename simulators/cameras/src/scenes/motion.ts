/** Ways to move that fit into a loop without a jump. */
import { loopS } from './scene.ts';

const turn = 2 * Math.PI;

/** A passage from one side to another; it may run over the end of the loop. */
export interface Passage {
  /** Seconds within the loop. */
  readonly startS: number;
  /** Less than the loop: whoever passes is out of sight for the rest. */
  readonly lastsS: number;
  readonly from: number;
  readonly to: number;
}

export interface OnTheWay {
  readonly at: number;
  /** 0 at the beginning, 1 at the end. */
  readonly done: number;
  /** Seconds since it began. */
  readonly sinceS: number;
  /** 1 to the right, −1 to the left. */
  readonly facing: 1 | -1;
}

/** Where somebody on a passage is; undefined out of sight. */
export function pass(tS: number, { startS, lastsS, from, to }: Passage): OnTheWay | undefined {
  const sinceS = since(tS, startS);
  if (sinceS > lastsS) return undefined;
  const done = sinceS / lastsS;
  return { at: from + (to - from) * done, done, sinceS, facing: to >= from ? 1 : -1 };
}

/** Seconds since a moment of the loop came last. */
export const since = (tS: number, startS: number): number => (((tS - startS) % loopS) + loopS) % loopS;

/** −1 to 1, `times` to and fro in a loop; a whole number, so that it closes. */
export const swing = (tS: number, times: number, phase = 0): number => Math.sin((turn * times * tS) / loopS + phase);

/** 0 to 1 and back by a ramp: 1 between two moments of the loop. */
export function held(tS: number, fromS: number, toS: number, rampS = 0.6): number {
  const rise = Math.min(1, Math.max(0, (tS - fromS) / rampS));
  const fall = Math.min(1, Math.max(0, (toS - tS) / rampS));
  return Math.min(rise, fall);
}

/** Smooth from 0 to 1. */
export const ease = (part: number): number => {
  const within = Math.min(1, Math.max(0, part));
  return within * within * (3 - 2 * within);
};

/** The nearer to the viewer, the later drawn. */
export function byDepth(things: readonly { readonly y: number; readonly svg: string }[]): string {
  return things
    .toSorted((one, other) => one.y - other.y)
    .map(({ svg }) => svg)
    .join('');
}
