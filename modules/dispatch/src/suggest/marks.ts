/** What is known of an incident beside its words, as the learner's tokens: place, time, source, category. Pure. */

export interface OwnerFacts {
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly atMs: number;
  readonly source: string;
  /** Null where only place, time and source are to speak. */
  readonly categoryCode: string | null;
  /** Marks of the area, as the incidents module makes them. */
  readonly areas: readonly string[];
}

/** Squares of about 5 km, 2 km and 500 m: offices, villages, streets. */
const cellDegrees = [0.05, 0.02, 0.005] as const;
const hoursOfPart = 3;

/** @param zone of the town: its mornings count, not those of UTC */
export function ownerMarks(facts: OwnerFacts, zone: string): string[] {
  const { hour, weekend } = localTime(zone, facts.atMs);
  const part = `time:${Math.floor(hour / hoursOfPart)}`;
  const source = `source:${facts.source}`;
  const { place } = facts;
  const cells = place
    ? cellDegrees.map((size) => `cell:${size}:${Math.floor(place.lon / size)}:${Math.floor(place.lat / size)}`)
    : [];
  return [
    ...(facts.categoryCode === null ? [] : [`category:${facts.categoryCode}`]),
    ...facts.areas,
    ...cells,
    source,
    part,
    weekend ? 'day:weekend' : 'day:work',
    // What is asked by telephone at night is not what is asked by telephone at noon.
    `${source}&${part}`,
    ...cells.slice(1, 2).map((cell) => `${source}&${cell}`),
  ];
}

/** From and until which hour of the day a mark of time means. */
export function hoursOfMark(mark: string): readonly [number, number] | null {
  const part = /^time:(\d)$/.exec(mark)?.[1];
  return part === undefined ? null : [Number(part) * hoursOfPart, (Number(part) + 1) * hoursOfPart];
}

const formats = new Map<string, Intl.DateTimeFormat>();

function localTime(zone: string, ms: number): { hour: number; weekend: boolean } {
  let format = formats.get(zone);
  if (!format) {
    format = new Intl.DateTimeFormat('en-US', { timeZone: zone, weekday: 'short', hour: '2-digit', hourCycle: 'h23' });
    formats.set(zone, format);
  }
  const parts = format.formatToParts(ms);
  const value = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  return { hour: Number(value('hour')), weekend: value('weekday').startsWith('S') };
}
