/** New codes: the code of the area above and a sequence of digits, as administrative codes go on (12 digits + sequence). */
import { areaLevels, type AreaLevel } from '../../contract.ts';
import type { AreaEntry } from '../entry.ts';
import { EditRefused } from './edit-refused.ts';

/** Level and code of every area that ever was: a code is not given twice, people remember it. */
export type UsedCodes = ReadonlySet<string>;
export const usedCode = (level: AreaLevel, code: string): string => `${level} ${code}`;

/** Digits of the sequence where no neighbour shows how many there are. */
const usualDigits: Record<AreaLevel, number> = { county: 6, town: 3, village: 3, grid: 3, 'micro-grid': 2 };

/** The next free code under an area. @throws EditRefused `codes-exhausted` */
export function nextCode(level: AreaLevel, parentCode: string, entries: readonly AreaEntry[], used: UsedCodes): string {
  const taken = new Set(used);
  for (const entry of entries) taken.add(usedCode(entry.level, entry.code));
  const prefix = usedCode(level, parentCode);
  const sequences = [...taken]
    .filter((code) => code.startsWith(prefix) && /^\d{1,9}$/.test(code.slice(prefix.length)))
    .map((code) => code.slice(prefix.length));
  const siblings = entries.filter((entry) => entry.level === level).map((entry) => entry.code);
  const shown = siblings.find((code) => code.startsWith(parentCode) && /^\d+$/.test(code.slice(parentCode.length)));
  const digits = shown === undefined ? usualDigits[level] : shown.length - parentCode.length;
  const last = Math.max(0, ...sequences.filter((text) => text.length === digits).map(Number));
  if (last + 1 >= 10 ** digits) throw new EditRefused('codes-exhausted');
  return `${parentCode}${String(last + 1).padStart(digits, '0')}`;
}

/**
 * Hangs an area under another and gives it, and all below, codes that say so, where their codes said where they
 * belonged before. Who they are (`id`) stays, so posts, incidents and signs stay with them.
 */
export function hangUnder(entries: readonly AreaEntry[], id: string, parent: AreaEntry, used: UsedCodes): AreaEntry[] {
  const entry = entries.find((one) => one.id === id);
  if (!entry) return [...entries];
  const before = entries.find((one) => one.id === entry.parentId);
  const told = before !== undefined && entry.code.startsWith(before.code);
  const stays = !told || entry.code.startsWith(parent.code);
  const code = stays ? entry.code : nextCode(entry.level, parent.code, entries, used);
  const moved: AreaEntry = { ...entry, parentId: parent.id, code };
  let all = entries.map((one) => (one.id === id ? moved : one));
  if (code === entry.code) return all;
  const below = entries.filter((one) => one.parentId === id).toSorted((a, b) => (a.code < b.code ? -1 : 1));
  for (const child of below) {
    if (!child.code.startsWith(entry.code)) continue;
    const codes = nextCode(child.level, code, all, used);
    all = all.map((one) => (one.id === child.id ? { ...child, code: codes } : one));
  }
  return all;
}

/** Micro-grids before grids and so on: children before their parents. */
export function fromBelow(a: AreaEntry, b: AreaEntry): number {
  return areaLevels.indexOf(b.level) - areaLevels.indexOf(a.level);
}
