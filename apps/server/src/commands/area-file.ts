/** Areas out of a file: GeoJSON, or a Shapefile with its companions beside it. */
import { existsSync, readFileSync } from 'node:fs';
import { type AreaLevel, areaLevels } from '@wangge/geo';
import {
  type CoordinateSystem,
  type ImportedArea,
  type RawFeature,
  coordinateSystems,
  readGeoJson,
  readShapefile,
  toAreas,
} from '@wangge/geo/formats';
import { Failure } from '../failure.ts';
import { complain } from '../terminal.ts';

/** As commander hands them over. */
export interface AreaFileOptions {
  readonly codeColumn: string;
  readonly nameColumn: string;
  readonly level?: string;
  readonly levelColumn?: string;
  readonly parentColumn?: string;
  readonly encoding?: string;
  readonly coordinates: string;
  readonly snap?: string;
  readonly populationColumn?: string;
  readonly householdsColumn?: string;
}

/** With the columns of its row. */
export type FileArea = ImportedArea & Pick<RawFeature, 'properties'>;

/** Without a level of its own a file is checked as what is checked most often. */
const usualLevel: AreaLevel = 'grid';
/** Columns named in an error; a table may have hundreds. */
const namedColumns = 20;

/**
 * Read the areas; with `--level` and `--level-column` those of that level only.
 *
 * @throws Failure after every feature at fault has been named
 */
export async function readAreaFile(path: string, options: AreaFileOptions): Promise<FileArea[]> {
  const level = levelOf(options.level);
  const coordinates = coordinateSystems.find((one): one is CoordinateSystem => one === options.coordinates);
  if (!coordinates) throw new Failure(`--coordinates: one of ${coordinateSystems.join(', ')}`);
  const features = await readFeatures(path, options.encoding);
  requireColumn(features, '--code-column', options.codeColumn);
  requireColumn(features, '--population-column', options.populationColumn);
  requireColumn(features, '--households-column', options.householdsColumn);
  const { areas, problems } = toAreas(features, {
    codeColumn: options.codeColumn,
    nameColumn: options.nameColumn,
    coordinates,
    ...(options.levelColumn === undefined ? { level: level ?? usualLevel } : { levelColumn: options.levelColumn }),
    ...(options.parentColumn === undefined ? {} : { parentColumn: options.parentColumn }),
  });
  for (const { feature, code, message } of problems)
    complain(`feature ${feature}${code === null ? '' : ` (${code})`}: ${message}`);
  if (problems.length > 0) throw new Failure(`${path}: ${problems.length} of ${features.length} features are no areas`);
  const wanted = level === undefined ? areas : areas.filter((area) => area.level === level);
  if (wanted.length === 0)
    throw new Failure(`${path} holds no areas${level === undefined ? '' : ` of level ${level}`}`);
  const byNumber = new Map(features.map((feature) => [feature.number, feature.properties]));
  return wanted.map((area) => ({ ...area, properties: byNumber.get(area.feature) ?? {} }));
}

/** Metres of `--snap`, undefined without it. */
export function snapOf(options: AreaFileOptions): number | undefined {
  return options.snap === undefined ? undefined : metresOf('--snap', options.snap);
}

/** @throws Failure naming the option */
export function metresOf(option: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !(value >= 0) || value > 1e6) throw new Failure(`${option}: a number from 0 to 1,000,000`);
  return value;
}

export function levelOf(text: string | undefined): AreaLevel | undefined {
  if (text === undefined) return undefined;
  const level = areaLevels.find((one) => one === text);
  if (!level) throw new Failure(`--level: one of ${areaLevels.join(', ')}`);
  return level;
}

async function readFeatures(path: string, encoding: string | undefined): Promise<RawFeature[]> {
  if (!/\.shp$/i.test(path)) return readGeoJson(readBytes(path));
  const companion = (ending: string): string | undefined =>
    [ending, ending.toUpperCase()].map((one) => path.slice(0, -3) + one).find((one) => existsSync(one));
  const dbf = companion('dbf');
  if (dbf === undefined) throw new Failure(`${path}: its .dbf with the columns is missing`);
  const [cpg, prj] = ['cpg', 'prj']
    .map(companion)
    .map((one) => (one === undefined ? undefined : readFileSync(one, 'utf8')));
  return readShapefile({
    shp: readBytes(path),
    dbf: readBytes(dbf),
    ...(cpg === undefined ? {} : { cpg }),
    ...(prj === undefined ? {} : { prj }),
    ...(encoding === undefined ? {} : { encoding }),
  });
}

function readBytes(path: string): Buffer {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new Failure(`Cannot read ${path}: ${(cause as Error).message}`);
  }
}

/** A mistyped column would make every feature an error of its own. */
function requireColumn(features: readonly RawFeature[], option: string, column: string | undefined): void {
  if (column === undefined || features.length === 0 || features.some((feature) => column in feature.properties)) return;
  const known = [...new Set(features.slice(0, 100).flatMap((feature) => Object.keys(feature.properties)))];
  throw new Failure(`${option}: there is no column "${column}"; there are: ${known.slice(0, namedColumns).join(', ')}`);
}
