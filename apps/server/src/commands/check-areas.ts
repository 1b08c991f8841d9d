/** `wangge areas check FILE`: needs no database and no server. */
import { writeFileSync } from 'node:fs';
import { type Area, type Moved, checkTiling, snapAreas } from '@wangge/geo';
import { Failure } from '../failure.ts';
import { say } from '../terminal.ts';
import { type AreaFileOptions, metresOf, readAreaFile, snapOf } from './area-file.ts';
import { geoJsonReport, jsonReport, textReport } from './areas-report.ts';

export interface CheckAreasOptions extends AreaFileOptions {
  readonly least: string;
  readonly sliver: string;
  readonly json?: boolean;
  readonly geojson?: string;
}

/** Exit code 1 when there are faults. */
export async function checkAreasCommand(path: string, options: CheckAreasOptions): Promise<void> {
  const snapM = snapOf(options);
  const limits = { minAreaM2: metresOf('--least', options.least), sliverWidthM: metresOf('--sliver', options.sliver) };
  const read = await readAreaFile(path, options);
  const levels = new Set(read.map((area) => area.level));
  // Areas of several levels lie above each other: together they would be nothing but overlaps.
  if (levels.size > 1)
    throw new Failure(`${path} holds several levels (${[...levels].join(', ')}): choose one with --level`);
  let areas: readonly Area[] = read;
  let moved: readonly Moved[] | null = null;
  if (snapM !== undefined) ({ areas, moved } = snapAreas(read, snapM));
  const report = checkTiling(areas, limits);
  if (options.geojson !== undefined) writeFileSync(options.geojson, geoJsonReport(report));
  if (options.json === true) say(jsonReport(report, moved));
  else for (const line of textReport(report, moved ?? [])) say(line);
  if (!report.clean) process.exitCode = 1;
}
