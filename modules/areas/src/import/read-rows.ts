import { AppError } from '@wangge/contract-kit';
import { type Polygons, quantisePolygons } from '@wangge/geo';
import type { ImportedArea } from '../rules/imported-area.ts';

export interface RowSource {
  readonly geojson?: string | undefined;
}
export interface RowColumns {
  readonly codeColumn: string;
  readonly nameColumn: string;
  readonly parentColumn?: string | undefined;
  readonly formerCodeColumn?: string | undefined;
}
export function readRows(
  source: RowSource,
  columns: RowColumns,
  snapM: number,
): { rows: ImportedArea[]; moved: { code: string; vertices: number; maxM: number }[] } {
  void snapM;
  const json = JSON.parse(source.geojson ?? '') as {
    features: { properties: Record<string, unknown>; geometry: { type: string; coordinates: unknown } }[];
  };
  if (!json.features) throw new AppError('row-invalid');
  const rows = json.features.map(({ properties, geometry }) => ({
    code: String(properties[columns.codeColumn]),
    name: String(properties[columns.nameColumn]),
    parentCode: columns.parentColumn === undefined ? null : String(properties[columns.parentColumn]),
    formerCode: columns.formerCodeColumn === undefined ? null : String(properties[columns.formerCodeColumn]),
    polygons: quantisePolygons(
      (geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates) as Polygons,
    ),
  }));
  return { rows, moved: [] };
}
