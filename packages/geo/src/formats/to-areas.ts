import { areaLevels, type Area, type AreaLevel, type LonLat, type Polygons } from '../types.ts';
import { toWgs84, type CoordinateSystem } from './coordinates.ts';
import type { RawFeature } from './types.ts';

export type ImportedArea = Area & {
  readonly level: AreaLevel;
  readonly name: string;
  readonly parentCode: string | null;
  /** Position of the feature in the file, from 1. */
  readonly feature: number;
};

export type ImportOptions = {
  /** Column with the code; required in every row. */
  readonly codeColumn: string;
  /** Column with the name; without it, and in rows where it is empty, the code is the name. */
  readonly nameColumn?: string;
  /** Level of all features, unless there is a column with it. */
  readonly level?: AreaLevel;
  readonly levelColumn?: string;
  readonly parentColumn?: string;
  readonly coordinates?: CoordinateSystem;
};

export type ImportProblemKind =
  | 'no-code'
  | 'repeated-code'
  | 'unknown-level'
  | 'no-shape'
  | 'no-polygon'
  | 'broken-ring'
  | 'outside-range';

export type ImportProblem = {
  readonly feature: number;
  readonly code: string | null;
  readonly kind: ImportProblemKind;
  /** What is wrong, in English; `kind` is for translations. */
  readonly message: string;
};

/** What files call the levels, besides our own names. */
const levelWords: Readonly<Record<string, AreaLevel>> = {
  县: 'county',
  区: 'county',
  镇: 'town',
  乡: 'town',
  街道: 'town',
  村: 'village',
  社区: 'village',
  网格: 'grid',
  微网格: 'micro-grid',
  microgrid: 'micro-grid',
};

/**
 * Turns features into areas. Each feature that cannot be one gets a problem that says why; the others are returned
 * nevertheless, and whether to go on is the caller's choice. Whether the areas fit together is another question
 * (`checkTiling`).
 */
export function toAreas(
  features: readonly RawFeature[],
  options: ImportOptions,
): { areas: ImportedArea[]; problems: ImportProblem[] } {
  const areas: ImportedArea[] = [];
  const problems: ImportProblem[] = [];
  const seen = new Map<string, number>();
  for (const feature of features) {
    const code = textOf(feature.properties[options.codeColumn]);
    const refuse = (kind: ImportProblemKind, message: string) =>
      problems.push({ feature: feature.number, code, kind, message });
    const level = levelOf(feature, options);
    const shape = shapeOf(feature, options.coordinates ?? 'wgs84');
    if (code === null) refuse('no-code', `column ${options.codeColumn} is empty or missing`);
    else if (seen.has(code)) {
      refuse('repeated-code', `code ${code} is also that of feature ${seen.get(code)}`);
    } else if (level === null) refuse('unknown-level', levelMessage(feature, options));
    else if ('kind' in shape) refuse(shape.kind, shape.message);
    else {
      const name = textOf(options.nameColumn && feature.properties[options.nameColumn]) ?? code;
      const parentCode = textOf(options.parentColumn && feature.properties[options.parentColumn]);
      const { polygons } = shape;
      areas.push({ code, level, name, parentCode, polygons, feature: feature.number });
    }
    if (code !== null && !seen.has(code)) seen.set(code, feature.number);
  }
  return { areas, problems };
}

function textOf(value: unknown): string | null {
  if (typeof value === 'number' && Number.isFinite(value)) return String(value);
  if (typeof value !== 'string') return null;
  const text = value.trim();
  return text === '' ? null : text;
}

function levelOf({ properties }: RawFeature, options: ImportOptions): AreaLevel | null {
  if (!options.levelColumn) return options.level ?? null;
  const word = textOf(properties[options.levelColumn])?.toLowerCase() ?? '';
  return areaLevels.find((level) => level === word) ?? levelWords[word] ?? null;
}

function levelMessage({ properties }: RawFeature, { levelColumn }: ImportOptions): string {
  if (!levelColumn) return 'neither a level nor a column with it is given';
  return `column ${levelColumn} says ${JSON.stringify(properties[levelColumn] ?? null)}, which is no level`;
}

type Shape = { polygons: Polygons } | { kind: ImportProblemKind; message: string };

function shapeOf({ geometry }: RawFeature, system: CoordinateSystem): Shape {
  if (!geometry) return { kind: 'no-shape', message: 'the feature has no shape' };
  const { type, polygons } = geometry;
  if (!polygons) {
    return { kind: 'no-polygon', message: `the shape is no proper polygon (${type})` };
  }
  if (polygons.length === 0 || polygons.some((polygon) => polygon.length === 0)) {
    return { kind: 'no-shape', message: 'the shape is empty' };
  }
  const stray = polygons.flat(2).find((position) => !inRange(position));
  if (stray) {
    const hint = Math.abs(stray[0]) > 1000 ? '; are these metres of a projection?' : '';
    return {
      kind: 'outside-range',
      message: `position ${stray.join(', ')} is no longitude and latitude${hint}`,
    };
  }
  for (const ring of polygons.flat()) {
    const [first, last] = [ring[0], ring.at(-1)];
    if (ring.length < 4 || !first || !last || first[0] !== last[0] || first[1] !== last[1]) {
      const message = `a ring of ${ring.length} positions is not closed or too short`;
      return { kind: 'broken-ring', message };
    }
  }
  return { polygons: toWgs84(polygons, system) };
}

function inRange([lon, lat]: LonLat): boolean {
  // Also false for NaN.
  return Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
}
