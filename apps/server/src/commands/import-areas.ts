/** `wangge areas import FILE`: one level of areas as a draft, published, or as a reference layer. */
import { importAreas } from '@wangge/areas';
import { Failure } from '../failure.ts';
import { say } from '../terminal.ts';
import { type AreaFileOptions, levelOf, readAreaFile, snapOf } from './area-file.ts';
import { areaText } from './areas-report.ts';
import { type TownOptions, withTown } from './open-town.ts';

export interface ImportAreasOptions extends AreaFileOptions, TownOptions {
  readonly publish?: boolean;
  readonly acceptFaults?: boolean;
  readonly note?: string;
  readonly town?: string;
  readonly county?: string;
}

/** Findings named at the terminal; all of them are with the version. */
const named = 20;

function lineOf({ kind, codes, areaM2 }: Awaited<ReturnType<typeof importAreas>>['findings'][number]): string {
  return `${kind} ${codes.join(' | ')}${areaM2 === null ? '' : `: ${areaText(areaM2)}`}`;
}

export async function importAreasCommand(path: string, options: ImportAreasOptions): Promise<void> {
  const level = levelOf(options.level);
  if (!level) throw new Failure('--level: which level does the file hold?');
  const snapM = snapOf(options);
  const areas = await readAreaFile(path, options);
  const { populationColumn, householdsColumn } = options;
  // Whatever the file was, the module gets it in one form and in WGS 84.
  const geojson = JSON.stringify({
    type: 'FeatureCollection',
    features: areas.map(({ code, name, parentCode, polygons, properties }) => ({
      type: 'Feature',
      properties: {
        code,
        name,
        ...(options.parentColumn === undefined ? {} : { parent: parentCode }),
        ...(populationColumn === undefined ? {} : { population: properties[populationColumn] ?? null }),
        ...(householdsColumn === undefined ? {} : { households: properties[householdsColumn] ?? null }),
      },
      geometry: { type: 'MultiPolygon', coordinates: polygons },
    })),
  });
  const result = await withTown(options, (rt) =>
    importAreas(rt, {
      geojson,
      level,
      codeColumn: 'code',
      nameColumn: 'name',
      parentColumn: options.parentColumn === undefined ? undefined : 'parent',
      populationColumn: populationColumn === undefined ? undefined : 'population',
      householdsColumn: householdsColumn === undefined ? undefined : 'households',
      snapM,
      publish: options.publish,
      acceptFaults: options.acceptFaults,
      note: options.note,
      townName: options.town,
      countyName: options.county,
    }),
  );
  const { version, findings, droppedCodes, moved, unchanged } = result;
  const farthest = moved.reduce((most, one) => Math.max(most, one.maxM), 0);
  if (moved.length > 0) say(`${moved.length} areas were moved, by at most ${farthest.toFixed(2)} m`);
  for (const finding of findings.slice(0, named)) say(`  ${lineOf(finding)}`);
  if (findings.length > named) say(`  … and ${findings.length - named} more faults: see wangge areas check`);
  if (droppedCodes.length > 0) say(`No longer there: ${droppedCodes.join(', ')}`);
  say(`${areas.length} areas, version ${version.id}: ${unchanged ? 'was there already' : version.state}`);
  if (findings.length > 0 && options.acceptFaults !== true) {
    say('A draft with faults cannot be published: mend them, use --snap, or --accept-faults for a reference layer.');
    process.exitCode = 1;
  }
}
