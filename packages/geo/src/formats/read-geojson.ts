import type { LonLat } from '../types.ts';
import { FormatError, type RawFeature } from './types.ts';

/**
 * Reads a GeoJSON `FeatureCollection`, `Feature` or bare geometry (RFC 7946). Shapes of features are not judged here:
 * `toAreas` does, one by one. Throws `FormatError` for what is not GeoJSON, or names another coordinate system
 * (GeoJSON of 2008) than WGS 84 or CGCS2000.
 *
 * @param input text, or bytes in UTF-8 with or without a byte order mark
 */
export function readGeoJson(input: string | Uint8Array): RawFeature[] {
  const root = parse(input);
  if (!isObject(root)) throw new FormatError('not GeoJSON: the file holds no object');
  refuseOtherSystems(root['crs']);
  const type = root['type'];
  if (type === 'FeatureCollection') {
    const features = root['features'];
    if (!Array.isArray(features)) throw new FormatError('not GeoJSON: no list of features');
    return features.map((feature: unknown, i) => readFeature(feature, i + 1));
  }
  if (type === 'Feature') return [readFeature(root, 1)];
  if (typeof type === 'string' && 'coordinates' in root) {
    return [{ number: 1, properties: {}, geometry: readGeometry(root) }];
  }
  throw new FormatError(`not GeoJSON: unknown type ${JSON.stringify(type) ?? 'none'}`);
}

function parse(input: string | Uint8Array): unknown {
  try {
    const text = typeof input === 'string' ? input : new TextDecoder('utf-8', { fatal: true }).decode(input);
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new FormatError(`not GeoJSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** EPSG 4326 and CRS84 are WGS 84; 4490 is CGCS2000, within a few centimetres of it. */
function refuseOtherSystems(crs: unknown): void {
  if (!isObject(crs) || !isObject(crs['properties'])) return;
  const name = String(crs['properties']['name'] ?? '');
  if (name === '' || /CRS84$|EPSG:+(\d[\d.]*)?:?(4326|4490)$/i.test(name)) return;
  throw new FormatError(`coordinate system ${name}: convert the file to WGS 84 (EPSG:4326) first`);
}

function readFeature(feature: unknown, number: number): RawFeature {
  if (!isObject(feature) || feature['type'] !== 'Feature') {
    throw new FormatError(`entry ${number} of the features is no feature`);
  }
  const properties = isObject(feature['properties']) ? feature['properties'] : {};
  return { number, properties, geometry: readGeometry(feature['geometry']) };
}

function readGeometry(geometry: unknown): RawFeature['geometry'] {
  if (!isObject(geometry) || typeof geometry['type'] !== 'string') return null;
  const type = geometry['type'];
  const coordinates = geometry['coordinates'];
  if (type === 'Polygon') return { type, polygons: polygonsOf([coordinates]) };
  if (type === 'MultiPolygon') return { type, polygons: polygonsOf(coordinates) };
  return { type, polygons: null };
}

/** Null when the nesting is not that of polygons; numbers themselves are judged later. */
export function polygonsOf(coordinates: unknown): LonLat[][][] | null {
  if (!Array.isArray(coordinates)) return null;
  const polygons: LonLat[][][] = [];
  for (const polygon of coordinates) {
    if (!Array.isArray(polygon)) return null;
    const rings: LonLat[][] = [];
    for (const ring of polygon) {
      if (!Array.isArray(ring)) return null;
      const positions: LonLat[] = [];
      for (const position of ring) {
        // A third number, the height, is dropped.
        if (!Array.isArray(position) || position.length < 2) return null;
        const [lon, lat] = position as unknown[];
        if (typeof lon !== 'number' || typeof lat !== 'number') return null;
        positions.push([lon, lat]);
      }
      rings.push(positions);
    }
    polygons.push(rings);
  }
  return polygons;
}
