import { areaM2, lengthM } from '../metres.ts';
import type { LonLat, Polygon, Polygons } from '../types.ts';
import type { Finding, Sliver, TilingReport } from './types.ts';

type Kind = 'gaps' | 'holes' | 'overlaps' | 'outside' | 'duplicates';

/** A connected piece of land with what is wrong with it. */
export type Piece = {
  kind: Kind;
  /** Codes of the areas involved. */
  areas: readonly string[];
  polygon: Polygon;
};

/**
 * Gathers pieces into findings: pieces of one overlap (or outside part) of the same areas make one finding, each gap
 * and hole is its own. What is smaller than `minAreaM2` is counted only.
 */
export function collect(
  pieces: Iterable<Piece>,
  minAreaM2: number,
  sliverWidthM: number,
): Pick<TilingReport, 'gaps' | 'holes' | 'overlaps' | 'outside' | 'duplicates' | 'slivers' | 'ignored'> {
  const groups = new Map<string, Piece[]>();
  let alone = 0;
  for (const piece of pieces) {
    const together = piece.kind === 'overlaps' || piece.kind === 'outside';
    const key = together ? `${piece.kind} ${piece.areas.join(' ')}` : String(alone++);
    const group = groups.get(key);
    if (group) group.push(piece);
    else groups.set(key, [piece]);
  }
  const found: Record<Kind, Finding[]> = {
    gaps: [],
    holes: [],
    overlaps: [],
    outside: [],
    duplicates: [],
  };
  const slivers: Sliver[] = [];
  const ignored = { count: 0, areaM2: 0 };
  for (const group of groups.values()) {
    const { kind, areas } = group[0]!;
    const finding = measure(
      areas,
      group.map((piece) => piece.polygon),
    );
    if (finding.areaM2 < minAreaM2) {
      ignored.count++;
      ignored.areaM2 += finding.areaM2;
      continue;
    }
    found[kind].push(finding);
    if (kind === 'duplicates' || kind === 'outside') continue;
    for (const piece of group) {
      const part = group.length === 1 ? finding : measure(areas, [piece.polygon]);
      if (part.widthM >= sliverWidthM || part.areaM2 < minAreaM2) continue;
      slivers.push({ ...part, kind: kind === 'overlaps' ? 'overlap' : 'gap' });
    }
  }
  const bySize = <T extends Finding>(list: T[]) =>
    list.toSorted((a, b) => b.areaM2 - a.areaM2 || (a.areas.join() < b.areas.join() ? -1 : 1));
  return {
    gaps: bySize(found.gaps),
    holes: bySize(found.holes),
    overlaps: bySize(found.overlaps),
    outside: bySize(found.outside),
    duplicates: bySize(found.duplicates),
    slivers: bySize(slivers),
    ignored,
  };
}

function measure(areas: readonly string[], geometry: Polygons): Finding {
  const land = areaM2(geometry);
  const around = geometry.flat().reduce((sum: number, ring: readonly LonLat[]) => sum + lengthM(ring), 0);
  return { areas, areaM2: land, widthM: around === 0 ? 0 : (2 * land) / around, geometry };
}
