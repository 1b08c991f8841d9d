/** Which scene a camera of the demo town shows, and what a register says of it. */
import { scenes } from './scenes/index.ts';

/** What the law and the map want to know of each scene's camera. */
interface Kind {
  readonly tags: readonly string[];
  readonly group: string;
  /** Kept day and night. */
  readonly records?: boolean;
  readonly restricted?: boolean;
  readonly ptz?: boolean;
  readonly speaker?: boolean;
  readonly bearingDeg: number;
  readonly distanceM: number;
}

const kinds: Readonly<Record<string, Kind>> = {
  reservoir: {
    tags: ['水库', '防溺水'],
    group: '水域安全',
    ptz: true,
    speaker: true,
    bearingDeg: 300,
    distanceM: 150,
  },
  street: { tags: ['道路', '商铺'], group: '街面秩序', bearingDeg: 90, distanceM: 80 },
  square: {
    tags: ['广场', '人员聚集'],
    group: '街面秩序',
    speaker: true,
    bearingDeg: 180,
    distanceM: 70,
  },
  'school-gate': { tags: ['学校', '校门'], group: '校园周边', records: true, bearingDeg: 0, distanceM: 40 },
  stairwell: { tags: ['楼道', '电动车'], group: '消防安全', restricted: true, bearingDeg: 45, distanceM: 10 },
  farmland: { tags: ['农田', '秸秆禁烧'], group: '生态环境', ptz: true, bearingDeg: 135, distanceM: 300 },
  'river-bridge': { tags: ['河道', '桥梁'], group: '水域安全', bearingDeg: 240, distanceM: 120 },
  market: { tags: ['市场', '消防通道'], group: '消防安全', bearingDeg: 20, distanceM: 40 },
  'village-yard': { tags: ['村委会'], group: '村级点位', bearingDeg: 350, distanceM: 50 },
  crossroads: { tags: ['路口', '交通'], group: '街面秩序', ptz: true, bearingDeg: 70, distanceM: 100 },
  'car-park': { tags: ['停车场'], group: '街面秩序', bearingDeg: 200, distanceM: 60 },
  'bus-stop': { tags: ['公交站'], group: '街面秩序', records: true, bearingDeg: 150, distanceM: 40 },
  'forest-edge': {
    tags: ['林区', '防火'],
    group: '生态环境',
    ptz: true,
    speaker: true,
    bearingDeg: 10,
    distanceM: 800,
  },
  'construction-gate': { tags: ['工地', '安全帽'], group: '安全生产', bearingDeg: 60, distanceM: 50 },
  'refuse-point': { tags: ['垃圾分类', '满溢'], group: '生态环境', bearingDeg: 280, distanceM: 20 },
  'nursing-home': { tags: ['养老机构'], group: '村级点位', restricted: true, bearingDeg: 110, distanceM: 40 },
};

export interface PlannedCamera extends Kind {
  /** From 1. */
  readonly number: number;
  readonly scene: string;
  readonly name: string;
  readonly code: string;
}

/** The first `count` cameras of the demo town; beyond the number of scenes they show them again. */
export function planCameras(count: number): PlannedCamera[] {
  return Array.from({ length: count }, (_, index) => {
    const { name: scene, title } = scenes[index % scenes.length]!;
    const round = Math.floor(index / scenes.length);
    const kind = kinds[scene]!;
    return {
      ...kind,
      // Two are kept, for a day: less than 2 GB, however many cameras there are.
      records: round === 0 && kind.records === true,
      number: index + 1,
      scene,
      name: round === 0 ? title : `${title}${round + 1}`,
      code: `DEMO-${String(index + 1).padStart(4, '0')}`,
    };
  });
}
