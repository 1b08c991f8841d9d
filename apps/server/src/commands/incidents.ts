/** `wangge incidents import FILE --map MAP`: requests of another system, whole or not at all. */
import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { AppError } from '@wangge/contract-kit';
import { type ImportReport, importIncidents, readImportMap } from '@wangge/incidents';
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
  for (const { line, problem, value } of report.bad) complain(`line ${line}: ${problem} ${value}`);
  if (report.badCount > report.bad.length) complain(`… and ${report.badCount - report.bad.length} more`);
  say(`${report.imported} imported, ${report.known} known already, ${report.badCount} bad rows left out`);
}

/** A refusal names every bad line, not only that there were some. */
function refuse(error: unknown): never {
  const lines = error instanceof AppError ? error.details?.['lines'] : undefined;
  if (!Array.isArray(lines)) throw error;
  for (const line of lines) complain(`line ${line}`);
  throw new Failure(`Nothing was imported: mend ${lines.length} rows, or leave them out with --skip-bad`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new Failure(`--map: cannot read ${path}: ${(cause as Error).message}`);
  }
}
