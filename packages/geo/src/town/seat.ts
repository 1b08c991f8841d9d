import { between, rng } from '../rng.ts';
import { place, type Xy } from './plane.ts';
import type { PlaneRoad } from './roads.ts';

export type Plot = { kind: 'house' | 'flats' | 'public' | 'works'; middle: Xy; size: Xy; angle: number };

/** A place with a name in the seat: where its sign stands. */
export type Landmark = {
  kind: 'town-hall' | 'hospital' | 'school' | 'market' | 'square' | 'elderly-home' | 'works';
  name: string;
  at: Xy;
};

export type Seat = { streets: PlaneRoad[]; plots: Plot[]; landmarks: Landmark[] };

const streetNames = ['迎春街', '解放街', '文化街', '建设街', '人民路', '和平路', '青年路', '学府路'];

/**
 * The town's seat (镇区): two street nets, north and south of the river, with rows of flats, shop houses
 * along the streets, public buildings and, at the east end, works.
 */
export function makeSeat(seed: number, north: Xy, south: Xy): Seat {
  const random = rng(seed);
  const seat: Seat = { streets: [], plots: [], landmarks: [] };
  const blocks = [
    { origin: [north[0] + 40, north[1] + 60] as Xy, angle: 0.1, columns: 7, rows: 5 },
    { origin: [south[0] + 60, south[1] - 120] as Xy, angle: -0.06, columns: 5, rows: 3 },
  ];
  const width = 170;
  const depth = 150;
  let name = 0;
  for (const { origin, angle, columns, rows } of blocks) {
    const at = (column: number, row: number): Xy =>
      place([(column - columns / 2) * width, (row - rows / 2) * depth], angle, origin);
    for (let row = 0; row <= rows; row++) {
      const line = Array.from({ length: columns + 1 }, (_, column) => at(column, row));
      seat.streets.push({ kind: 'lane', name: nextName(), line });
    }
    for (let column = 0; column <= columns; column++) {
      const line = Array.from({ length: rows + 1 }, (_, row) => at(column, row));
      seat.streets.push({ kind: 'lane', name: nextName(), line });
    }
    for (let column = 0; column < columns; column++) {
      for (let row = 0; row < rows; row++) {
        fillBlock(at(column + 0.5, row + 0.5), angle, landmarkOf(columns, column, row));
      }
    }
  }
  makeWorks([north[0] + 1150, north[1] + 220], 0.16);
  return seat;

  function nextName(): string {
    const round = Math.floor(name / streetNames.length);
    const base = streetNames[name++ % streetNames.length]!;
    return round === 0 ? base : `${base.slice(0, 2)}${['东', '西', '南', '北'][round - 1] ?? ''}${base.slice(2)}`;
  }

  function fillBlock(middle: Xy, angle: number, landmark: Omit<Landmark, 'at'> | null): void {
    if (landmark) {
      seat.landmarks.push({ ...landmark, at: middle });
      if (landmark.kind === 'square') return;
      for (const [x, y, w, d] of [
        [0, 32, 70, 22],
        [-38, -20, 18, 50],
        [38, -20, 18, 50],
      ] as const) {
        seat.plots.push({ kind: 'public', middle: place([x, y], angle, middle), size: [w, d], angle });
      }
      return;
    }
    const dense = random();
    if (dense < 0.5) {
      // Two columns of flats, rows 26 m apart for the winter sun.
      for (let y = -46; y <= 46; y += 30) {
        for (const x of [-38, 38]) {
          if (random() < 0.1) continue;
          const size: Xy = [between(random, 46, 60), 12.5];
          seat.plots.push({ kind: 'flats', middle: place([x, y], angle, middle), size, angle });
        }
      }
      return;
    }
    for (let y = -56; y <= 56; y += 28) {
      for (let x = -68; x <= 68; x += 16) {
        if (random() < 0.14) continue;
        const at = place([x + between(random, -1, 1), y + between(random, -2, 2)], angle, middle);
        const size: Xy = [between(random, 9.5, 12.5), between(random, 10, 15)];
        seat.plots.push({ kind: 'house', middle: at, size, angle });
      }
    }
  }

  function makeWorks(middle: Xy, angle: number): void {
    seat.landmarks.push({ kind: 'works', name: '示例工业园', at: middle });
    for (let x = -1; x <= 1; x++) {
      for (let y = -1; y <= 1; y++) {
        const at = place([x * 120, y * 80], angle, middle);
        const size: Xy = [between(random, 70, 100), between(random, 36, 56)];
        seat.plots.push({ kind: 'works', middle: at, size, angle });
      }
    }
  }
}

function landmarkOf(columns: number, column: number, row: number): Omit<Landmark, 'at'> | null {
  const north: Record<string, Omit<Landmark, 'at'>> = {
    '3 3': { kind: 'town-hall', name: '示例镇人民政府' },
    '3 2': { kind: 'square', name: '人民广场' },
    '5 3': { kind: 'school', name: '示例镇中学' },
    '1 1': { kind: 'hospital', name: '示例镇卫生院' },
    '2 0': { kind: 'market', name: '示例镇农贸市场' },
  };
  const south: Record<string, Omit<Landmark, 'at'>> = {
    '2 1': { kind: 'school', name: '示例镇中心小学' },
    '4 2': { kind: 'elderly-home', name: '示例镇敬老院' },
  };
  return (columns === 7 ? north : south)[`${column} ${row}`] ?? null;
}
