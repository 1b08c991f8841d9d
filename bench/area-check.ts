import { checkTiling, rng, type Area, type LonLat, type Rng, type TilingReport } from '@wangge/geo';
import { tiling } from '@wangge/geo/town';

const count = 11_000;
const runs = 5;

/** The check that stands before publishing, on a county's worth of grids: as they should be, and as they come. */
export const bench = {
  name: 'area-check',
  about: '11,000 grids checked for gaps, overlaps and broken borders: clean, and with 400 faults',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const clean = tiling(count, 1);
    return {
      check_ms_11k: measure('clean', clean, log),
      check_ms_11k_faulty: measure('faulty', withFaults(clean), log),
    };
  },
};

function measure(name: string, areas: readonly Area[], log: (line: string) => void): number {
  const times: number[] = [];
  let report: TilingReport | null = null;
  for (let run = 0; run < runs; run++) {
    const started = performance.now();
    report = checkTiling(areas);
    times.push(performance.now() - started);
  }
  const { gaps, holes, overlaps, slivers, selfIntersections, duplicates } = report!;
  log(
    `${name}: ${gaps.length} gaps, ${holes.length} holes, ${overlaps.length} overlaps, ` +
      `${slivers.length} slivers, ${selfIntersections.length} self-intersections, ` +
      `${duplicates.length} duplicates`,
  );
  log(`${name}: ${times.map((ms) => ms.toFixed(0)).join(', ')} ms for ${areas.length} areas`);
  return Math.round(times.toSorted((a, b) => a - b)[runs >> 1]!);
}

/** 100 each of: a vertex moved for one side only, an area left out, one given twice, a border crossing itself. */
function withFaults(areas: readonly Area[]): Area[] {
  const random = rng(3);
  const faulty: Area[] = [...areas];
  const some = () => Math.floor(random() * areas.length);
  for (let i = 0; i < 100; i++) {
    const moved = some();
    faulty[moved] = editRing(faulty[moved]!, (ring) => moveVertex(ring, random));
    const crossed = some();
    faulty[crossed] = editRing(faulty[crossed]!, swapVertices);
    faulty.push({ code: `D${i}`, polygons: areas[some()]!.polygons });
  }
  const left = new Set(Array.from({ length: 100 }, some));
  return faulty.filter((_, i) => !left.has(i));
}

function editRing(area: Area, edit: (ring: LonLat[]) => LonLat[]): Area {
  const open = area.polygons[0]![0]!.slice(1);
  const ring = edit([...open]);
  return { code: area.code, polygons: [[[ring.at(-1)!, ...ring]]] };
}

function moveVertex(ring: LonLat[], random: Rng): LonLat[] {
  const at = Math.floor(random() * ring.length);
  const [lon, lat] = ring[at]!;
  ring[at] = [lon + (random() - 0.5) * 2e-3, lat + (random() - 0.5) * 2e-3];
  return ring;
}

function swapVertices(ring: LonLat[]): LonLat[] {
  [ring[2], ring[3]] = [ring[3]!, ring[2]!];
  return ring;
}
