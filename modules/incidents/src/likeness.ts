/** How alike two reports are, and why. Pure: suggestions only, a person decides. */
import { normalised } from './twins.ts';

/** What is compared of a report. */
export interface Likened {
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly areaId: string | null;
  readonly atMs: number;
  readonly categoryCode: string;
  /** Null for a heading. */
  readonly parentCode: string | null;
  readonly text: string;
}
export interface Likeness {
  /** 0–1. */
  readonly score: number;
  /** Null where one of them has no place but both are of one area. */
  readonly distanceM: number | null;
  readonly minutes: number;
  readonly category: 'same' | 'kindred' | 'other';
  /** Share of what both texts have in common, 0–1. */
  readonly textShare: number;
}

/** Farther apart, or longer ago, nothing is suggested. */
export const alikeWithinM = 200;
export const alikeWithinMs = 30 * 86_400_000;
/** From here on it is worth a person's look. */
export const alikeFrom = 0.5;

const weights = { place: 0.35, time: 0.1, category: 0.25, text: 0.3 } as const;
const minuteMs = 60_000;

/** Metres between two places of one town: on a plane. */
export function metresBetween(
  a: { readonly lon: number; readonly lat: number },
  b: { readonly lon: number; readonly lat: number },
): number {
  const dLat = b.lat - a.lat;
  const dLon = (b.lon - a.lon) * Math.cos((((a.lat + b.lat) / 2) * Math.PI) / 180);
  return 111_195 * Math.hypot(dLat, dLon);
}

function pairsOf(text: string): Map<string, number> {
  const chars = Array.from(normalised(text));
  const pairs = new Map<string, number>();
  for (let i = 0; i + 1 < chars.length; i++) {
    const pair = `${chars[i] ?? ''}${chars[i + 1] ?? ''}`;
    pairs.set(pair, (pairs.get(pair) ?? 0) + 1);
  }
  // A text of one character is its own pair.
  if (chars.length === 1) pairs.set(chars[0] ?? '', 1);
  return pairs;
}

/** Share of neighbouring characters that two texts have in common (Sørensen–Dice); 0 where one says nothing. */
export function textLikeness(a: string, b: string): number {
  const [left, right] = [pairsOf(a), pairsOf(b)];
  let common = 0;
  let total = 0;
  for (const [pair, n] of left) {
    common += Math.min(n, right.get(pair) ?? 0);
    total += n;
  }
  for (const n of right.values()) total += n;
  return total === 0 ? 0 : (2 * common) / total;
}

/** 1 within a receiver's error (20 m), 0 at the bound. */
const nearness = (m: number): number => Math.max(0, Math.min(1, (alikeWithinM - m) / (alikeWithinM - 20)));
/** 1 within an hour, 0 at the bound, and between them falling with each doubling: what is broken stays broken for days. */
const soonness = (ms: number): number => {
  const hours = ms / (60 * minuteMs);
  return hours <= 1 ? 1 : Math.max(0, 1 - Math.log(hours) / Math.log(alikeWithinMs / (60 * minuteMs)));
};

function categoryLikeness(a: Likened, b: Likened): Likeness['category'] {
  if (a.categoryCode === b.categoryCode) return 'same';
  const headings = [a.parentCode ?? a.categoryCode, b.parentCode ?? b.categoryCode];
  return headings[0] === headings[1] ? 'kindred' : 'other';
}

/** Null where they are too far apart, in place or in time, to be looked at. Symmetric. */
export function likeness(a: Likened, b: Likened): Likeness | null {
  const ms = Math.abs(a.atMs - b.atMs);
  if (ms > alikeWithinMs) return null;
  const distanceM = a.place && b.place ? metresBetween(a.place, b.place) : null;
  if (distanceM === null ? a.areaId === null || a.areaId !== b.areaId : distanceM > alikeWithinM) return null;
  const category = categoryLikeness(a, b);
  const textShare = textLikeness(a.text, b.text);
  const score =
    // Where only the area is known, it may be anywhere in it.
    weights.place * (distanceM === null ? 0.4 : nearness(distanceM)) +
    weights.time * soonness(ms) +
    weights.category * (category === 'same' ? 1 : category === 'kindred' ? 0.5 : 0) +
    weights.text * textShare;
  return { score, distanceM, minutes: Math.floor(ms / minuteMs), category, textShare };
}

interface Words {
  readonly zh: string;
  readonly en: string;
}
function timeWords(minutes: number): Words {
  if (minutes < 60) return { zh: `相差 ${minutes} 分钟`, en: `${minutes} min apart` };
  const hours = Math.round(minutes / 60);
  if (hours < 48) return { zh: `相差 ${hours} 小时`, en: `${hours} h apart` };
  const days = Math.round(hours / 24);
  return { zh: `相差 ${days} 天`, en: `${days} days apart` };
}

/**
 * Why, in words.
 *
 * @param coarse tells no distance: for those who may not know the other's place
 */
export function likenessWords(like: Likeness, coarse = false): Words[] {
  const words: Words[] = [];
  if (like.distanceM === null || coarse) words.push({ zh: '同一片区', en: 'Same area' });
  else words.push({ zh: `相距 ${Math.round(like.distanceM)} 米`, en: `${Math.round(like.distanceM)} m apart` });
  words.push(timeWords(like.minutes));
  if (like.category === 'same') words.push({ zh: '同一类别', en: 'Same category' });
  if (like.category === 'kindred') words.push({ zh: '同一大类', en: 'Related category' });
  const percent = Math.round(like.textShare * 100);
  if (percent >= 20 && !coarse) words.push({ zh: `文字相近 ${percent}%`, en: `Texts ${percent}% alike` });
  return words;
}
