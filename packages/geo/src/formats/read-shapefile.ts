import { open } from 'shapefile';
import { polygonsOf } from './read-geojson.ts';
import { FormatError, type RawFeature } from './types.ts';

export type ShapefileParts = {
  /** The `.shp` file. */
  readonly shp: Uint8Array;
  /** The `.dbf` file with the columns. */
  readonly dbf: Uint8Array;
  /** Text of the `.cpg` file, which names the encoding of the columns. */
  readonly cpg?: string;
  /** Text of the `.prj` file, which names the coordinate system. */
  readonly prj?: string;
  /** Overrides `.cpg`: any label of the WHATWG Encoding Standard, for example `gbk` or `utf-8`. */
  readonly encoding?: string;
};

/**
 * Reads an ESRI shapefile (white paper of July 1998). Without `.cpg` and `encoding` the columns are taken for UTF-8
 * if they are valid UTF-8, else for GB 18030, which holds GBK and GB 2312.
 *
 * Throws `FormatError` for damaged files, an unknown encoding, or projected coordinates.
 */
export async function readShapefile(parts: ShapefileParts): Promise<RawFeature[]> {
  if (/PROJCS|PROJCRS/i.test(parts.prj ?? '')) {
    throw new FormatError('projected coordinates: convert the file to WGS 84 (EPSG:4326) first');
  }
  requireFileCode(parts.shp);
  const encoding = encodingOf(parts);
  const features: RawFeature[] = [];
  try {
    const source = await open(parts.shp, parts.dbf, { encoding });
    for (let step = await source.read(); !step.done; step = await source.read()) {
      const { geometry, properties } = step.value;
      features.push({
        number: features.length + 1,
        properties: properties ?? {},
        geometry: geometry && readGeometry(geometry),
      });
    }
  } catch (error) {
    throw new FormatError(`damaged shapefile: ${error instanceof Error ? error.message : String(error)}`);
  }
  return features;
}

function readGeometry(geometry: GeoJSON.Geometry): RawFeature['geometry'] {
  const { type } = geometry;
  if (type === 'Polygon') return { type, polygons: polygonsOf([geometry.coordinates]) };
  if (type === 'MultiPolygon') return { type, polygons: polygonsOf(geometry.coordinates) };
  return { type, polygons: null };
}

/** The reader itself takes any bytes for a shapefile with no records. */
function requireFileCode(shp: Uint8Array): void {
  const view = new DataView(shp.buffer, shp.byteOffset, shp.byteLength);
  if (shp.byteLength < 100 || view.getInt32(0) !== 9994) {
    throw new FormatError('not a shapefile: the .shp does not begin with file code 9994');
  }
  // The header counts 16-bit words.
  if (2 * view.getInt32(24) > shp.byteLength) {
    throw new FormatError('damaged shapefile: the .shp is shorter than its header says');
  }
}

function encodingOf({ encoding, cpg, dbf }: ShapefileParts): string {
  const wanted = encoding ?? normalLabel(cpg);
  if (wanted === null) return isUtf8(dbf) ? 'utf-8' : 'gb18030';
  try {
    return new TextDecoder(wanted).encoding;
  } catch {
    throw new FormatError(`unknown text encoding ${wanted}`);
  }
}

/** ESRI writes code pages as bare numbers and leaves out hyphens: 936, 65001, UTF8, "ANSI 936". */
function normalLabel(cpg: string | undefined): string | null {
  const label = cpg?.trim().toLowerCase() ?? '';
  if (label === '') return null;
  const page = /(\d+)$/.exec(label)?.[1];
  if (page === '936' || page === '54936') return 'gb18030';
  if (page === '65001') return 'utf-8';
  return page && ['125', '874'].some((start) => page.startsWith(start)) ? `windows-${page}` : label;
}

function isUtf8(bytes: Uint8Array): boolean {
  // The header holds binary numbers, the records only text.
  const records = bytes.length < 10 ? 0 : new DataView(bytes.buffer, bytes.byteOffset).getUint16(8, true);
  try {
    new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(records));
    return true;
  } catch {
    return false;
  }
}
