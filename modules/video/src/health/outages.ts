/** Which broken lines become incidents: each one by itself, or many at once as one fault of the network. Pure. */

/** Shorter ones are a lorry, a reboot, a thunderstorm. */
export const patienceMs = 10 * 60_000;
/** More than so many of one village, gone within so long, are no faults of cameras. */
export const networkMoreThan = 20;
export const networkWithinMs = 5 * 60_000;

export interface Outage {
  readonly cameraId: string;
  readonly sinceMs: number;
  /** Where cameras share a line. */
  readonly village: string;
}
export type Fault<O extends Outage> =
  | { readonly kind: 'camera'; readonly outage: O }
  | { readonly kind: 'network'; readonly village: string; readonly outages: readonly O[] };

/**
 * @param outages that were not told of, also those that are too young: they count for those of the same time
 * @returns what is to be told of now
 */
export function faultsOf<O extends Outage>(outages: readonly O[], nowMs: number): Fault<O>[] {
  const villages = Map.groupBy(outages, ({ village }) => village);
  return [...villages].flatMap(([village, of]) => {
    const sorted = of.toSorted((a, b) => a.sinceMs - b.sinceMs || (a.cameraId < b.cameraId ? -1 : 1));
    const faults: Fault<O>[] = [];
    for (let i = 0; i < sorted.length;) {
      const first = sorted[i];
      if (!first || first.sinceMs > nowMs - patienceMs) break;
      const together = sorted.slice(i).filter(({ sinceMs }) => sinceMs <= first.sinceMs + networkWithinMs);
      if (together.length > networkMoreThan) {
        faults.push({ kind: 'network', village, outages: together });
        i += together.length;
      } else {
        faults.push({ kind: 'camera', outage: first });
        i += 1;
      }
    }
    return faults;
  });
}
