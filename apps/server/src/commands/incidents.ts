/** `wangge incidents import FILE --map MAP`: requests of another system, whole or not at all. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '@wangge/contract-kit';
import { type BadRow, type ImportReport, importIncidents, readImportMap } from '@wangge/incidents';
import { Failure } from '../failure.ts';
import { startProgress } from '../progress.ts';
import { complain, say } from '../terminal.ts';
import { type TownOptions, withTown } from './open-town.ts';

export interface ImportOptions extends TownOptions {
  readonly map: string;
  readonly skipBad?: boolean;
}

export async function importIncidentsCommand(file: string, options: ImportOptions): Promise<void> {
  const map = readImportMap(readText(options.map));
  const onBad = options.skipBad === true ? 'skip' : 'refuse';
  const report = await withTown(options, async (rt): Promise<ImportReport> => {
    const progress = startProgress('importing');
    try {
      return await importIncidents(rt, {
        csvPath: resolve(file),
        map,
        onBad,
        // Read twice: the first half of the bar checks, the second writes.
        onProgress: (done, total, what) => progress.update(what === 'checking' ? done : total + done, 2 * total),
      });
    } finally {
      progress.end();
    }
  }).catch(refuse);
  for (const row of report.bad) complain(inWords(row));
  if (report.badCount > report.bad.length) complain(`… and ${report.badCount - report.bad.length} more`);
  say(`${report.imported} imported, ${report.known} known already, ${report.badCount} bad rows left out`);
}

const problems: Readonly<Record<BadRow['problem'], string>> = {
  'key-missing': 'has no number of its own, or one of over 150 characters',
  'created-invalid': 'has no time of creation that could be read',
  'closed-invalid': 'has a time of closing that cannot be read',
  'closed-before-created': 'was closed before it was created',
  'created-in-future': 'was created in the future',
  'category-unknown': 'has a category that the map does not lead to one of the town',
  'place-missing': 'has neither coordinates nor an area',
  'place-invalid': 'has coordinates that are none',
  'place-outside': 'lies outside the town',
};

function inWords({ line, problem, value }: BadRow): string {
  return `line ${line} ${problems[problem]}${value === '' ? '' : `: ${value}`}`;
}

/** A refusal names the bad lines, not only that there were some. */
function refuse(error: unknown): never {
  const facts = error instanceof AppError ? (error.details ?? {}) : {};
  const { bad, badCount } = facts as { bad?: readonly BadRow[]; badCount?: number };
  if (bad === undefined || badCount === undefined) throw error;
  for (const row of bad) complain(inWords(row));
  if (badCount > bad.length) complain(`… and ${badCount - bad.length} more`);
  throw new Failure(`Nothing was imported: mend ${badCount} rows, or leave them out with --skip-bad`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure(`--map: cannot read ${path}: ${(cause as Error).message}`);
  }
}
