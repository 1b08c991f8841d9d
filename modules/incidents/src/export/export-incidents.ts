/** The incidents of a filter as a file that is written while it is sent. */
import type { Readable } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { AppError, type Lang } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { type Call, type Cell, localTexts, localTimeIn, sendTable, type Tx } from '@wangge/kernel';
import { accountNames, departmentsById } from '@wangge/staff';
import { loadCategories } from '../categories/book.ts';
import { maskedPhone } from '../people.ts';
import { exportColumnNames, type exportIncidents as route, exportRowsHeader } from '../contract.ts';
import { cellMaker, type Names, type Place, tableColumns } from './cells.ts';
import { findIds, type FoundIds, readRows } from './find-rows.ts';
import { exportWords } from './words.ts';

type ExportCall = Call<typeof route>;

/** Few enough that what they leave behind is swept up young: memory stays flat, and collecting it cheap. */
const pageRows = 1_000;
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
      return { ids: found, names: await namesFor(tx, columns, lang) };
    });
    reply.header(exportRowsHeader, String(ids.count));
    const stamp = localTexts()(localTimeIn(rt.config.zone)(rt.clock.nowMs())).replace(/[-:]/g, '').replace(' ', '-');
    const file = sendTable(call, format, `incidents-${stamp}`, {
      title: exportWords.sheet[lang],
      zone: rt.config.zone,
      columns: tableColumns(columns, lang),
      pages: pagesOf(call, ids, cellMaker(names)),
    });
    file.once('close', free);
    return file;
  } catch (error) {
    free();
    throw error;
  }
}

/** What stands behind identifiers now; a town has few areas, categories and departments for its many incidents. */
async function namesFor(tx: Tx, columns: Names['columns'], lang: Lang): Promise<Names> {
  const book = await loadCategories(tx);
  const categories = new Map(
    book.list.map((category) => {
      const top = book.get(category.parentCode ?? '') ?? category;
      return [category.code, { name: category.name[lang], top: top.name[lang] }];
    }),
  );
  const departments = new Map([...(await departmentsById(tx))].map(([id, { name }]) => [id, name]));
  return {
    columns,
    lang,
    nowMs: tx.nowMs,
    maskedPhone: (sealed) => maskedPhone(tx.rt, sealed),
    categories,
    departments,
    accounts: await accountNames(tx, 'all'),
    areas: placesOf(tx),
  };
}

function placesOf(tx: Tx): Map<string, Place> {
  const index = areaIndex(tx.rt);
  return new Map(
    index.all().map((area) => {
      const names: Partial<Record<typeof area.level, string>> = {};
      for (let node: typeof area | null = area; node; node = node.parentId === null ? null : index.get(node.parentId)) {
        names[node.level] = node.name;
      }
      const { village = null, grid = null, 'micro-grid': microGrid = null } = names;
      return [area.id, { village, grid, microGrid, center: area.center }];
    }),
  );
}

/** Reads ahead: the database works while the page before is written. */
async function* pagesOf(
  call: ExportCall,
  ids: FoundIds,
  cellsOf: (page: string) => Iterable<readonly Cell[]>,
): AsyncGenerator<Iterable<readonly Cell[]>> {
  const read = (first: number): Promise<string> => call.tx((tx) => readRows(tx, ids.slice(first, pageRows)));
  const ahead: Promise<string>[] = [];
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
    const text = await page;
    readOn();
    // Lets the next question out before the writing of this page takes the processor.
    await setImmediate();
    yield cellsOf(text);
  }
}
