/** The incidents of a filter as a file that is written while it is sent. */
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { AppError } from '@wangge/contract-kit';
import { type Call, type Cell, localTexts, localTimeIn, sendTable } from '@wangge/kernel';
import { accountNames, departmentsById } from '@wangge/staff';
import { loadCategories } from '../categories/book.ts';
import { type ExportColumn, exportColumnNames, type exportIncidents as route, exportRowsHeader } from '../contract.ts';
import { cellsOf, type Names, tableColumns } from './cells.ts';
import { findIds, type FoundIds, readRows } from './find-rows.ts';
import { exportWords } from './words.ts';

type ExportCall = Call<typeof route>;

/** Few enough that what they leave behind is swept up young: memory stays flat, and collecting it cheap. */
const pageRows = 500;
/** Connections that a file holds while its reader keeps up. */
const pagesAhead = 2;
/** Files that one process writes at once: each takes a good part of a processor while its reader keeps up. */
const mostAtOnce = 4;
let running = 0;

/**
 * What is in it is settled at the beginning, and the audit has it before a byte leaves. Rows are read page by
 * page in transactions of their own, under the caller's scope, so that nobody's slow line holds the database.
 *
 * @throws AppError `unavailable` while too many files are being written, `guard-failed` for too many rows
 */
export async function exportIncidents(call: ExportCall): Promise<Readable> {
  const { rt, reply, query } = call;
  const { format, lang, columns: chosen, ...filter } = query;
  const columns = exportColumnNames.filter((name) => chosen === undefined || chosen.includes(name));
  if (running >= mostAtOnce) throw new AppError('unavailable', { details: { retryAfterS: 10 } });
  running++;
  let free = (): void => {
    running--;
    free = () => undefined;
  };
  try {
    const { ids, names } = await call.tx(async (tx) => {
      const found = await findIds(tx, filter);
      tx.audit({
        action: 'incidents.export',
        purpose: 'export',
        details: { format, columns, rows: found.count, filter },
      });
      return {
        ids: found,
        names: { lang, categories: await loadCategories(tx), departments: await departmentsById(tx), areas: new Map() },
      };
    });
    reply.header(exportRowsHeader, String(ids.count));
    const stamp = localTexts()(localTimeIn(rt.config.zone)(rt.clock.nowMs())).replace(/[-:]/g, '').replace(' ', '-');
    const file = sendTable(call, format, `incidents-${stamp}`, {
      title: exportWords.sheet[lang],
      zone: rt.config.zone,
      columns: tableColumns(columns, lang),
      pages: pagesOf(call, ids, columns, names),
    });
    file.once('close', free);
    return file;
  } catch (error) {
    free();
    throw error;
  }
}

/** Reads ahead: the database works while the page before is written. */
async function* pagesOf(
  call: ExportCall,
  ids: FoundIds,
  columns: readonly ExportColumn[],
  names: Omit<Names, 'accounts'>,
): AsyncGenerator<readonly Cell[][]> {
  const read = (first: number): Promise<Cell[][]> =>
    call.tx(async (tx) => {
      const rows = await readRows(tx, ids.slice(first, pageRows));
      const people = columns.includes('assignees')
        ? [...new Set(rows.flatMap((row) => row.assignee_ids?.split(' ') ?? []))]
        : [];
      const accounts = people.length === 0 ? new Map<string, string>() : await accountNames(tx, people);
      return rows.map((row) => cellsOf(tx, columns, row, { ...names, accounts }));
    });
  const ahead: Promise<Cell[][]>[] = [];
  let first = 0;
  const readOn = (): void => {
    for (; ahead.length < pagesAhead && first < ids.count; first += pageRows) {
      const page = read(first);
      // Whoever stops in between never asks for it.
      page.catch(() => undefined);
      ahead.push(page);
    }
  };
  readOn();
  for (let page = ahead.shift(); page; page = ahead.shift()) {
    const rows = await page;
    readOn();
    // Lets the next question out before the writing of this page takes the processor.
    await setImmediate();
    yield rows;
  }
}
