/** What `wangge areas check` and `wangge areas import` may be told. */
import type { Command } from 'commander';
import type { CheckAreasOptions } from './check-areas.ts';
import type { ImportAreasOptions } from './import-areas.ts';

/** How to read the file, for both. */
function onFile(command: Command): Command {
  return command
    .option('--code-column <name>', 'column with the area’s code', 'code')
    .option('--name-column <name>', 'column with its name', 'name')
    .option('--level-column <name>', 'column with the level, where one file holds several')
    .option('--parent-column <name>', 'column with the code of the area above')
    .option('--encoding <name>', 'encoding of a Shapefile’s table (default: its .cpg, else UTF-8)')
    .option('--coordinates <system>', 'wgs84, gcj02 or bd09', 'wgs84')
    .option('--snap <metres>', 'repair what is within so many metres, and tell what moved');
}

export function addAreaCommands(areas: Command, onTown: (command: Command) => Command): void {
  onFile(areas.command('check <file>'))
    .description(
      'name every gap, overlap, sliver, self-intersection, duplicate and hole; exit code 1 when there are any',
    )
    .option('--level <level>', 'check only this level of a file with several')
    .option('--least <square metres>', 'smallest finding that is listed; publishing refuses any', '0')
    .option('--sliver <metres>', 'pieces thinner than this are slivers', '2')
    .option('--json', 'print JSON')
    .option('--geojson <file>', 'write the findings for a map')
    .action(async (file: string, options: CheckAreasOptions) => {
      await (await import('./check-areas.ts')).checkAreasCommand(file, options);
    });
  onTown(onFile(areas.command('import <file>')))
    .description('load one level of areas (GeoJSON or Shapefile) as a draft')
    .requiredOption('--level <level>', 'village, grid or micro-grid')
    .option('--population-column <name>', 'column with the number of people; an empty cell leaves what is known')
    .option('--households-column <name>', 'column with the number of households')
    .option('--publish', 'publish at once; refused when the areas leave a gap or an overlap')
    .option('--accept-faults', 'load areas with faults as a reference layer, which can never be published')
    .option('--note <text>', 'what this version is')
    .option('--town <name>', 'name of the town, where there is none yet')
    .option('--county <name>', 'name of the county, where there is none yet')
    .action(async (file: string, options: ImportAreasOptions) => {
      await (await import('./import-areas.ts')).importAreasCommand(file, options);
    });
}
