import type { Borders } from './borders.ts';

/**
 * The edges that do not have exactly one partner running the other way. In a tiling without fault these are the
 * outer border and nothing else, so that all further work is on few edges.
 */
export function unmatchedEdges(borders: Borders, vertexCount: number): number[] {
  const { from, to } = borders;
  const count = from.length;
  let size = 1024;
  while (size < 2 * count) size *= 2;
  const mask = size - 1;
  const keys = new Float64Array(size).fill(-1);
  const forwards = new Uint16Array(size);
  const backwards = new Uint16Array(size);
  const slotOf = new Int32Array(count);
  for (let i = 0; i < count; i++) {
    const u = from[i]!;
    const v = to[i]!;
    const low = u < v ? u : v;
    const high = u < v ? v : u;
    const key = low * vertexCount + high;
    let slot = (Math.imul(low, 0x9e3779b1) ^ Math.imul(high, 0x85ebca77)) & mask;
    while (keys[slot] !== -1 && keys[slot] !== key) slot = (slot + 1) & mask;
    keys[slot] = key;
    slotOf[i] = slot;
    // Stops at the top: what matters is only whether it is one.
    const side = u < v ? forwards : backwards;
    if (side[slot]! < 65_535) side[slot]!++;
  }
  const unmatched: number[] = [];
  for (let i = 0; i < count; i++) {
    const slot = slotOf[i]!;
    if (forwards[slot] !== 1 || backwards[slot] !== 1) unmatched.push(i);
  }
  return unmatched;
}
