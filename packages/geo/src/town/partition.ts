import type { Cells } from './cells.ts';
import { gap, type Xy } from './plane.ts';

/**
 * Cuts connected cells into `count` connected parts of similar weight.
 *
 * Lloyd's algorithm on the cells: each part grows from its seed to the cells that it reaches more
 * cheaply than the others do, then its seed moves to its weighted middle. Parts are connected because they are
 * grown. A part that has grown too heavy starts its next growth with a handicap; one that stays nearly
 * empty is given up and the heaviest is split instead. The most even of all rounds is the result.
 *
 * @param starts first seeds; `count` of them
 * @param weight households of a cell
 * @returns the part of each of `members`, numbered as `starts`
 */
export function partition(
  cells: Cells,
  members: readonly number[],
  starts: readonly number[],
  weight: (cell: number) => number,
  options: { rounds: number; move: boolean; handicapM: number },
): Map<number, number> {
  let seeds = [...starts];
  let handicaps = seeds.map(() => 0);
  let owner = grow(cells, members, seeds, handicaps);
  let best = owner;
  let bestSpread = Infinity;
  for (let round = 0; round < options.rounds; round++) {
    const sums = seeds.map(() => ({ x: 0, y: 0, weight: 0, households: 0 }));
    for (const [cell, part] of owner) {
      const sum = sums[part]!;
      // Empty land counts a little, else a part without houses would never move.
      const w = weight(cell) + 0.3;
      const [x, y] = cells.sites[cell]!;
      sum.x += x * w;
      sum.y += y * w;
      sum.weight += w;
      sum.households += weight(cell);
    }
    const households = sums.map((sum) => sum.households);
    const spread = Math.max(...households) / Math.max(1, Math.min(...households));
    if (spread < bestSpread) {
      bestSpread = spread;
      best = owner;
    }
    const mean = households.reduce((a, b) => a + b, 0) / seeds.length;
    handicaps = handicaps.map((handicap, part) =>
      Math.max(0, handicap + options.handicapM * Math.log((households[part]! + 1) / (mean + 1))),
    );
    const least = Math.min(...handicaps);
    handicaps = handicaps.map((handicap) => handicap - least);
    if (options.move) {
      seeds = seeds.map((_, part) => {
        const { x, y, weight: total } = sums[part]!;
        return nearestMember(cells, owner, part, [x / total, y / total]);
      });
      const lightest = households.indexOf(Math.min(...households));
      if (round % 3 === 0 && households[lightest]! < 0.4 * mean) {
        const heaviest = households.indexOf(Math.max(...households));
        seeds[lightest] = farthestInhabited(cells, owner, heaviest, seeds[heaviest]!, weight);
        handicaps = seeds.map(() => 0);
      }
    }
    owner = grow(cells, members, seeds, handicaps);
  }
  return best;
}

function nearestMember(cells: Cells, owner: ReadonlyMap<number, number>, part: number, at: Xy): number {
  let nearest = -1;
  let least = Infinity;
  for (const [cell, owned] of owner) {
    const metres = owned === part ? gap(cells.sites[cell]!, at) : Infinity;
    if (metres < least) {
      least = metres;
      nearest = cell;
    }
  }
  return nearest;
}

/** Where to split a part that is too heavy: its houses farthest from its seed. */
function farthestInhabited(
  cells: Cells,
  owner: ReadonlyMap<number, number>,
  part: number,
  seed: number,
  weight: (cell: number) => number,
): number {
  let farthest = seed;
  let most = 0;
  for (const [cell, owned] of owner) {
    if (owned !== part || weight(cell) === 0) continue;
    const metres = gap(cells.sites[cell]!, cells.sites[seed]!);
    if (metres > most) {
      most = metres;
      farthest = cell;
    }
  }
  return farthest;
}

/** Dijkstra from all seeds at once, each starting with its handicap; a seed always keeps its own cell. */
function grow(
  cells: Cells,
  members: readonly number[],
  seeds: readonly number[],
  handicaps: readonly number[],
): Map<number, number> {
  const allowed = new Set(members);
  const owner = new Map<number, number>();
  const queue = new CheapestFirst();
  const taken = new Set(seeds);
  seeds.forEach((seed, part) => queue.push(handicaps[part]!, seed, part));
  for (let entry = queue.pop(); entry; entry = queue.pop()) {
    const { cost, cell, part } = entry;
    if (owner.has(cell)) continue;
    if (taken.has(cell) && seeds[part] !== cell) continue;
    owner.set(cell, part);
    for (const { cell: next, cost: step } of cells.neighbours[cell]!) {
      if (allowed.has(next) && !owner.has(next)) queue.push(cost + step, next, part);
    }
  }
  return owner;
}

/** Binary heap. */
class CheapestFirst {
  readonly #heap: { cost: number; cell: number; part: number }[] = [];

  push(cost: number, cell: number, part: number): void {
    const heap = this.#heap;
    let at = heap.push({ cost, cell, part }) - 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent]!.cost <= heap[at]!.cost) break;
      [heap[parent], heap[at]] = [heap[at]!, heap[parent]!];
      at = parent;
    }
  }

  pop(): { cost: number; cell: number; part: number } | undefined {
    const heap = this.#heap;
    const first = heap[0];
    const last = heap.pop();
    if (!first || !last || heap.length === 0) return first;
    heap[0] = last;
    let at = 0;
    for (;;) {
      let least = at;
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && heap[child]!.cost < heap[least]!.cost) least = child;
      }
      if (least === at) return first;
      [heap[least], heap[at]] = [heap[at]!, heap[least]!];
      at = least;
    }
  }
}
