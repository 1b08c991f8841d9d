/** Which ways a message goes beside the inbox, and when. Pure: nothing here asks a clock or a table. */
import {
  type Choices,
  type MessageKind,
  messageKindNames,
  type PersonalChannel,
  personalChannelNames,
} from './contract/kinds.ts';
import type { Quiet } from './contract/preferences.ts';

/** Until somebody chooses: pushed where a browser asked for it. */
export const defaultChoices: Choices = {
  order: ['push'],
  deadline: ['push'],
  supervision: ['push', 'sms'],
  report: ['push'],
  system: [],
};

/** What was stored, completed by the defaults: kinds and ways may have come or gone since. */
export function choicesFrom(stored: unknown): Choices {
  const given = typeof stored === 'object' && stored !== null ? (stored as Record<string, unknown>) : {};
  return Object.fromEntries(
    messageKindNames.map((kind) => {
      const list = given[kind];
      return [kind, Array.isArray(list) ? personalChannelNames.filter((c) => list.includes(c)) : defaultChoices[kind]];
    }),
  ) as Choices;
}

const dayMin = 1440;
const minuteMs = 60_000;

/** Is this minute of the day quiet? From is in it, to is not; it may wrap over midnight. */
export function isQuiet({ fromMin, toMin }: Quiet, minute: number): boolean {
  return fromMin < toMin ? minute >= fromMin && minute < toMin : minute >= fromMin || minute < toMin;
}

/**
 * The first moment at or after `nowMs` that is not quiet.
 * @param local from a moment to the milliseconds which, read as UTC, show the town's time
 */
export function afterQuiet(quiet: Quiet | null, nowMs: number, local: (ms: number) => number): number {
  if (quiet === null) return nowMs;
  const minuteAt = (ms: number): number => Math.floor(local(ms) / minuteMs) % dayMin;
  const minute = minuteAt(nowMs);
  if (!isQuiet(quiet, minute)) return nowMs;
  const startMs = nowMs - (nowMs % minuteMs);
  const endMs = startMs + ((quiet.toMin - minute + dayMin) % dayMin) * minuteMs;
  // Clocks may have been put forward or back in between.
  const off = ((quiet.toMin - minuteAt(endMs) + dayMin + dayMin / 2) % dayMin) - dayMin / 2;
  return Math.max(nowMs, endMs + off * minuteMs);
}

export interface Person {
  readonly choices: Choices;
  readonly quiet: Quiet | null;
  /** Ways that the town has and this person can be reached by. */
  readonly reachable: readonly PersonalChannel[];
}
export interface PlannedDelivery {
  readonly channel: PersonalChannel;
  readonly atMs: number;
  readonly fallback: readonly PersonalChannel[];
}

/**
 * What was chosen, after the quiet hours. An emergency goes at once, by whatever was chosen for its kind or, where
 * that is nothing, by the first way there is; the other ways stand in for the first one should it fail.
 */
export function planDeliveries(
  message: { readonly kind: MessageKind; readonly urgent: boolean },
  person: Person,
  nowMs: number,
  local: (ms: number) => number,
): PlannedDelivery[] {
  const reachable = personalChannelNames.filter((c) => person.reachable.includes(c));
  const chosen = reachable.filter((c) => person.choices[message.kind].includes(c));
  if (!message.urgent) {
    const atMs = afterQuiet(person.quiet, nowMs, local);
    return chosen.map((channel) => ({ channel, atMs, fallback: [] }));
  }
  const used = chosen.length > 0 ? chosen : reachable.slice(0, 1);
  const others = reachable.filter((c) => !used.includes(c));
  return used.map((channel, i) => ({ channel, atMs: nowMs, fallback: i === 0 ? others : [] }));
}

/** Milliseconds until the next attempt: 30 s doubling to a quarter of an hour, a quarter more or less. */
export function retryDelayMs(attempts: number, random: number): number {
  const base = Math.min(30_000 * 2 ** Math.max(0, attempts - 1), 900_000);
  return Math.round(base * (0.75 + random * 0.5));
}
