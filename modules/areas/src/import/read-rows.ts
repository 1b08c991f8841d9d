import { AppError } from '@wangge/contract-kit';
import { type Moved, quantisePolygons, snapAreas } from '@wangge/geo';
import { type CoordinateSystem, FormatError, type RawFeature, readGeoJson, toAreas } from '@wangge/geo/formats';
import type { AreaLevel } from '../contract.ts';
import type { ImportedArea } from '../rules/imported-area.ts';
import { readCounts } from './read-counts.ts';

/** A GeoJSON text, or features that something else has read (a Shapefile). */
export interface RowSource {
  readonly geojson?: string | undefined;
  readonly features?: readonly RawFeature[] | undefined;
}

export interface RowColumns {
  readonly codeColumn: string;
  readonly nameColumn: string;
  readonly parentColumn?: string | undefined;
  /** Holds the code that an area had until now, where it is given a new one. */
  readonly formerCodeColumn?: string | undefined;
  /** Where a file holds several levels: only rows of the level asked for are taken. */
  readonly levelColumn?: string | undefined;
  /** What the positions are in; they are stored in WGS 84. */
  readonly coordinates?: CoordinateSystem | undefined;
  readonly populationColumn?: string | undefined;
  readonly householdsColumn?: string | undefined;
}

export type MovedArea = Moved;

/** The most rows that an error names. */
const maxNamed = 50;

/**
 * The rows of a file, in WGS 84 and whole 1e-7 degrees, repaired within `snapM` metres. One bad row
 * refuses the file: half a level is no tiling. Throws `AppError`.
 */
export function readRows(
  source: RowSource,
  columns: RowColumns,
  level: AreaLevel,
  snapM: number,
): { rows: ImportedArea[]; moved: readonly MovedArea[] } {
  const features = source.features ?? featuresOf(source.geojson ?? '');
  const { areas, problems } = toAreas(features, { ...given(columns), level });
  const [first] = problems;
  if (first) {
    const rows = problems.slice(0, maxNamed).map((one) => `${one.feature}: ${one.message}`);
    const faults = problems
      .slice(0, maxNamed)
      .map(({ feature, code, kind }) => ({ row: feature, code, problem: kind }));
    throw new AppError('row-invalid', { details: { problem: first.kind, rows, faults, count: problems.length } });
  }
  const former = new Map(features.map((feature) => [feature.number, formerCode(feature, columns.formerCodeColumn)]));
  const counts = readCounts(features, columns);
  const wanted = areas
    .filter((area) => area.level === level)
    .map((area): ImportedArea => ({
      code: area.code,
      name: area.name,
      parentCode: area.parentCode,
      formerCode: former.get(area.feature) ?? null,
      polygons: quantisePolygons(area.polygons),
      ...counts.get(area.feature),
    }));
  if (snapM === 0) return { rows: wanted, moved: [] };
  const { areas: snapped, moved } = snapAreas(wanted, snapM);
  return { rows: wanted.map((row, i) => ({ ...row, polygons: snapped[i]?.polygons ?? [] })), moved };
}

function featuresOf(geojson: string): RawFeature[] {
  try {
    return readGeoJson(geojson);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    throw new AppError('invalid-field', { field: 'geojson', details: { problem: error.message } });
  }
}

function formerCode(feature: RawFeature, column: string | undefined): string | null {
  const value = column === undefined ? null : feature.properties[column];
  const text = typeof value === 'string' || typeof value === 'number' ? String(value).trim() : '';
  return text === '' ? null : text;
}

/** Only what was given: an option that is undefined is not an option left out. */
function given({ codeColumn, nameColumn, parentColumn, levelColumn, coordinates }: RowColumns) {
  return {
    codeColumn,
    nameColumn,
    ...(parentColumn ? { parentColumn } : {}),
    ...(levelColumn ? { levelColumn } : {}),
    ...(coordinates ? { coordinates } : {}),
  };
}
