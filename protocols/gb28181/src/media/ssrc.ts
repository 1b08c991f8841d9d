import { GbError } from '../error.ts';

/** Ten decimal digits of `y=` as the 32 bits of RTP; undefined when it is anything else (a device's number). */
export function ssrcOf(text: string | undefined): number | undefined {
  const match = /^\s*(\d{1,10})\s*$/.exec(text ?? '');
  const value = Number(match?.[1] ?? Number.NaN);
  return value <= 0xffff_ffff ? value : undefined;
}

export const ssrcText = (ssrc: number): string => String(ssrc).padStart(10, '0');

export interface SsrcPool {
  /** @throws GbError `value` when all 10,000 are in use */
  take(kind: 'live' | 'history'): number;
  free(ssrc: number): void;
}

/**
 * SSRCs by the standard's rule (2016 §C.2.3): 0 for live or 1 for history, digits 4–8 of the platform's number, and
 * four digits that are unique among the streams of the moment.
 */
export function createSsrcPool(serverId: string): SsrcPool {
  if (!/^\d{8,20}$/.test(serverId)) throw new GbError('value', 'number of the platform');
  const middle = serverId.slice(3, 8);
  const used = new Set<number>();
  let next = Math.floor(Math.random() * 10_000);
  return {
    take(kind) {
      if (used.size >= 10_000) throw new GbError('value', 'no SSRC left');
      while (used.has(next)) next = (next + 1) % 10_000;
      const serial = next;
      used.add(serial);
      // Not given out again at once: late packets of the last stream would be taken for the new one's.
      next = (next + 1) % 10_000;
      return Number(`${kind === 'live' ? 0 : 1}${middle}${String(serial).padStart(4, '0')}`);
    },
    free: (ssrc) => void used.delete(ssrc % 10_000),
  };
}
