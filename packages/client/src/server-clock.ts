/** What this machine knows of the server's clock, kept over restarts: the phone may be out of reach for a day. */
export interface ServerClock {
  /** Server's clock minus this machine's, in milliseconds. */
  readonly offsetMs: number;
  /** Server's clock at its last answer. */
  readonly contactMs: number;
}

const storageKey = 'wangge.server-clock';
/** `Date` has whole seconds and answers take their time: a smaller difference is no news. */
const noiseMs = 2000;
let known: ServerClock | null | undefined;

/** Null before the first answer that this browser ever had. */
export function serverClock(): ServerClock | null {
  if (known === undefined) known = stored();
  return known;
}

/**
 * Takes in the server's time as an answer's `Date` header says it (RFC 9110 §6.6.1). The offset stays
 * until it is clearly another one: then somebody has set a clock.
 */
export function noteServerDate(date: string | null, nowMs = Date.now()): void {
  const dateMs = date === null ? Number.NaN : Date.parse(date);
  if (!Number.isFinite(dateMs)) return;
  // Somewhere within the second: the middle is never more than half a second wrong.
  const offsetMs = dateMs + 500 - nowMs;
  const before = serverClock();
  const kept = before !== null && Math.abs(before.offsetMs - offsetMs) < noiseMs ? before.offsetMs : offsetMs;
  keep({ offsetMs: kept, contactMs: dateMs });
}

function keep(next: ServerClock): void {
  const before = known;
  known = next;
  // Every answer says the time; the disk need not hear of each.
  if (before && before.offsetMs === next.offsetMs && next.contactMs - before.contactMs < noiseMs) return;
  try {
    globalThis.localStorage?.setItem(storageKey, JSON.stringify(next));
  } catch {
    // A browser that keeps nothing knows the time until it is closed.
  }
}

function stored(): ServerClock | null {
  try {
    const found: unknown = JSON.parse(globalThis.localStorage?.getItem(storageKey) ?? 'null');
    if (typeof found !== 'object' || found === null) return null;
    const { offsetMs, contactMs } = found as Partial<ServerClock>;
    return Number.isInteger(offsetMs) && Number.isInteger(contactMs) ? (found as ServerClock) : null;
  } catch {
    return null;
  }
}
