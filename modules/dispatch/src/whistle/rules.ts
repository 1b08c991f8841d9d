/** Rules of a whistle: its states, who is late, what counts as being there. Pure: facts in, verdict out. */
import { distanceM } from '@wangge/geo';
import type { Presence, WhistleState } from '../contract.ts';

/** `town`: who may sound it. `called`: works in a department that it calls. */
export const whistleHats = ['town', 'called'] as const;
export type WhistleHat = (typeof whistleHats)[number];

export interface WhistleFacts {
  readonly state: WhistleState;
  readonly reason?: string | null;
  readonly departments?: number;
  readonly hasPlace?: boolean;
  /** The department in question is one of those called. */
  readonly called?: boolean;
  readonly present?: boolean;
  readonly rated?: boolean;
  readonly name?: string | null;
  /** When it was done; before the end counts, also when it arrives after it. */
  readonly atMs?: number;
  readonly endedMs?: number | null;
  readonly accuracyM?: number | null;
  readonly awayM?: number;
  readonly radiusM?: number;
}

/** A position that may be wrong by more says little about who is here. */
export const worstAccuracyM = 100;

/** Undefined while a fact it needs is not known yet: a button may be shown, a move not made. */
const guards = {
  reason: (f) => (f.reason === undefined ? undefined : (f.reason ?? '').trim() !== ''),
  departments: (f) => (f.departments === undefined ? undefined : f.departments > 0),
  place: (f) => f.hasPlace,
  called: (f) => f.called,
  'not-here-yet': (f) => (f.present === undefined ? undefined : !f.present),
  'not-rated-yet': (f) => (f.rated === undefined ? undefined : !f.rated),
  name: (f) => (f.name === undefined ? undefined : (f.name ?? '').trim() !== ''),
  'before-the-end': (f) =>
    f.endedMs === null ? true : f.endedMs === undefined || f.atMs === undefined ? undefined : f.atMs <= f.endedMs,
  'accurate-enough': (f) =>
    f.accuracyM === undefined ? undefined : f.accuracyM !== null && f.accuracyM <= worstAccuracyM,
  'near-enough': (f) => (f.awayM === undefined || f.radiusM === undefined ? undefined : f.awayM <= f.radiusM),
} as const satisfies Record<string, (f: WhistleFacts) => boolean | undefined>;
export type WhistleGuard = keyof typeof guards;

interface WhistleArrow {
  readonly from: readonly WhistleState[];
  readonly to: WhistleState | 'same';
  readonly by: WhistleHat;
  readonly guards: readonly WhistleGuard[];
}

/** What people may do with a whistle once it is there. */
export const whistleArrows = {
  sound: { from: ['asked'], to: 'sounded', by: 'town', guards: ['departments', 'place'] },
  decline: { from: ['asked'], to: 'declined', by: 'town', guards: ['reason'] },
  // Out of reach, somebody may have been there before it ended and be heard of after.
  'report-in': {
    from: ['sounded', 'ended'],
    to: 'same',
    by: 'called',
    guards: ['called', 'not-here-yet', 'before-the-end', 'accurate-enough', 'near-enough'],
  },
  word: { from: ['sounded'], to: 'same', by: 'town', guards: ['called', 'not-here-yet', 'name'] },
  end: { from: ['sounded'], to: 'ended', by: 'town', guards: [] },
  rate: { from: ['ended'], to: 'same', by: 'town', guards: ['called', 'not-rated-yet'] },
} as const satisfies Record<string, WhistleArrow>;
export type WhistleAct = keyof typeof whistleArrows;

export type WhistleVerdict =
  | { readonly ok: true; readonly to: WhistleState }
  | {
      readonly ok: false;
      readonly code: 'move-not-allowed' | 'forbidden' | 'guard-failed';
      readonly guard: WhistleGuard | null;
    };

/** May this be done now, and where does it lead? */
export function checkWhistle(act: WhistleAct, as: readonly WhistleHat[], facts: WhistleFacts): WhistleVerdict {
  const arrow: WhistleArrow = whistleArrows[act];
  if (!arrow.from.includes(facts.state)) return { ok: false, code: 'move-not-allowed', guard: null };
  if (!as.includes(arrow.by)) return { ok: false, code: 'forbidden', guard: null };
  const failed = arrow.guards.find((guard) => guards[guard](facts) !== true);
  if (failed !== undefined) return { ok: false, code: 'guard-failed', guard: failed };
  return { ok: true, to: arrow.to === 'same' ? facts.state : arrow.to };
}

/** May a button be shown? True while no fact known so far forbids it. */
export function mayWhistle(act: WhistleAct, as: readonly WhistleHat[], facts: WhistleFacts): boolean {
  const arrow: WhistleArrow = whistleArrows[act];
  return (
    arrow.from.includes(facts.state) &&
    as.includes(arrow.by) &&
    arrow.guards.every((guard) => guards[guard](facts) !== false)
  );
}

/** What a called department is at a moment. The last millisecond of the limit is in time. */
export function presenceOf(
  call: { readonly presentMs: number | null },
  whistle: { readonly dueMs: number; readonly endedMs: number | null },
  nowMs: number,
): Presence {
  if (call.presentMs !== null) return call.presentMs <= whistle.dueMs ? 'present' : 'present-late';
  if (whistle.endedMs !== null) return 'absent';
  return nowMs > whistle.dueMs ? 'late' : 'awaited';
}

/** Whole metres between a measured position and the place. */
export function awayFrom(
  place: { readonly lon: number; readonly lat: number },
  own: { readonly lon: number; readonly lat: number },
): number {
  return Math.round(distanceM([own.lon, own.lat], [place.lon, place.lat]));
}
