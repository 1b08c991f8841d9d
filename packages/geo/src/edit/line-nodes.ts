import { allEdges, type Corner, cornerKey, edgeKey, type Mosaic } from './mosaic.ts';

/** A line that passes a corner this close goes through it: 20 quanta are about 20 cm. */
const snapQuanta = 20;

export interface NodedLine {
  /** The line from corner to corner; `node` where it meets a border. */
  readonly points: readonly { readonly at: Corner; readonly node: boolean }[];
  /** New corners on edges, in the order of the edge, by its key in both directions. */
  readonly onEdge: ReadonlyMap<string, readonly Corner[]>;
}

interface Meeting {
  /** Where along the line: number of the stretch and the part of it. */
  readonly along: number;
  readonly at: Corner;
}

/** Where a line meets the edges of tiles, each meeting on a storable position. */
export function nodeLine(mosaic: Mosaic, line: readonly Corner[]): NodedLine {
  const edges = new Map<string, readonly [Corner, Corner]>();
  for (const [a, b] of allEdges(mosaic.values())) if (!edges.has(edgeKey(b, a))) edges.set(edgeKey(a, b), [a, b]);
  const meetings: Meeting[] = [];
  const onEdge = new Map<string, { at: Corner; part: number }[]>();
  line.slice(1).forEach((q, k) => {
    const p = line[k]!;
    for (const [a, b] of edges.values()) {
      const met = meet(p, q, a, b);
      if (!met) continue;
      const corner = [a, b].find((end) => near(end, met.at));
      meetings.push({ along: k + met.t, at: corner ?? met.at });
      if (corner) continue;
      const list = onEdge.get(edgeKey(a, b)) ?? [];
      if (!list.some((one) => cornerKey(one.at) === cornerKey(met.at))) list.push({ at: met.at, part: met.u });
      onEdge.set(edgeKey(a, b), list);
    }
  });
  const both = new Map<string, Corner[]>();
  for (const [key, list] of onEdge) {
    const [a, b] = edges.get(key)!;
    const sorted = list.toSorted((one, other) => one.part - other.part).map(({ at }) => at);
    both.set(edgeKey(a, b), sorted).set(edgeKey(b, a), sorted.toReversed());
  }
  return { points: inOrder(line, meetings), onEdge: both };
}

function inOrder(line: readonly Corner[], meetings: readonly Meeting[]): NodedLine['points'] {
  const own = line
    .map((at, along) => ({ at, along, node: false }))
    .filter(({ at }) => !meetings.some((met) => near(met.at, at)));
  const all = [...own, ...meetings.map((met) => ({ ...met, node: true }))].toSorted((a, b) => a.along - b.along);
  // A corner where several edges end is met once by each of them.
  return all.filter((one, i) => i === 0 || cornerKey(one.at) !== cornerKey(all[i - 1]!.at));
}

/** Where the stretch p–q meets the edge a–b, ends included; null for those that run side by side. */
function meet(p: Corner, q: Corner, a: Corner, b: Corner): { at: Corner; t: number; u: number } | null {
  const [rx, ry, sx, sy] = [q[0] - p[0], q[1] - p[1], b[0] - a[0], b[1] - a[1]];
  const cross = rx * sy - ry * sx;
  if (cross === 0) return null;
  const [wx, wy] = [a[0] - p[0], a[1] - p[1]];
  const t = (wx * sy - wy * sx) / cross;
  const u = (wx * ry - wy * rx) / cross;
  const slackT = snapQuanta / Math.hypot(rx, ry);
  const slackU = snapQuanta / Math.hypot(sx, sy);
  if (t < -slackT || t > 1 + slackT || u < -slackU || u > 1 + slackU) return null;
  const part = Math.min(1, Math.max(0, u));
  return { at: [Math.round(a[0] + part * sx), Math.round(a[1] + part * sy)], t, u: part };
}

function near(a: Corner, b: Corner): boolean {
  return Math.hypot(a[0] - b[0], a[1] - b[1]) <= snapQuanta;
}
