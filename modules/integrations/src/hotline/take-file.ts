/** A file of orders at the desk: its headings, what it would do, and doing it. */
import { type Actor, type Runtime } from '@wangge/kernel';
import type { HotlineReport } from '../contract/hotline.ts';
import { type FileTable, readTable } from './read-file.ts';
import { findSource } from './sources.ts';
import { takeIn } from './take-in.ts';

const mostSamples = 20;

/** Different words of each column, few enough to choose from. */
export function samplesOf({ columns, rows }: FileTable): {
  rows: number;
  columns: { name: string; samples: string[] }[];
} {
  return {
    rows: rows.length,
    columns: columns.map((name) => ({
      name,
      samples: [...new Set(rows.map((row) => (row.cells[name] ?? '').slice(0, 60)))]
        .filter(Boolean)
        .slice(0, mostSamples),
    })),
  };
}

/**
 * The caller was authorised; orders belong to the platform, whose rows these are.
 *
 * @throws AppError as `readTable` and `takeIn` do, `not-found`
 */
export async function takeFile(
  rt: Runtime,
  actor: Actor,
  sourceId: string,
  file: { readonly format: 'csv' | 'xlsx'; readonly content: string },
  dry: boolean,
): Promise<HotlineReport> {
  const { rows } = await readTable(file.format, file.content);
  return rt.system('integrations', async (tx) => takeIn(tx, await findSource(tx, sourceId), rows, actor, dry));
}
