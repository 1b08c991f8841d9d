/** Categories in memory, with the version that tells whether they are still right. */
import { AppError } from '@wangge/contract-kit';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { type ClockBook, clockBookAt } from '../clocks/book.ts';
import type { Category } from '../contract.ts';

export interface CategoryBook {
  readonly version: string;
  /** Limits, ladders and calendar of the same version. */
  readonly clocks: ClockBook;
  readonly list: readonly Category[];
  get(code: string): Category | undefined;
}
const books = new WeakMap<Runtime, CategoryBook>();

interface CategoryRow {
  readonly code: string;
  readonly parentCode: string | null;
  readonly zh: string;
  readonly en: string;
  readonly departmentId: string | null;
  readonly severity: Category['severity'];
  readonly handleLimitMin: number;
  readonly public: boolean;
  readonly proofRequired: boolean;
  readonly proofInApp: boolean;
  readonly active: boolean;
  readonly autoCloseMin: number | null;
  readonly order: number;
}

/** As the database has them now, top level first, each level in its order. */
export async function loadCategories(tx: Tx): Promise<CategoryBook> {
  // Version first: categories that change in between are then asked for once more, never missed.
  return loadAt(tx, await versionNow(tx));
}

async function versionNow(tx: Tx): Promise<string> {
  return (await tx.one<{ version: string }>(sql`select version from incidents_categories_version`)).version;
}

async function loadAt(tx: Tx, version: string): Promise<CategoryBook> {
  const rows = await tx.rows<CategoryRow>(sql`
    select code, parent_code as "parentCode", name_zh as zh, name_en as en, department_id as "departmentId", severity,
      handle_limit_min as "handleLimitMin", public, proof_required as "proofRequired",
      proof_in_app as "proofInApp", active, auto_close_min as "autoCloseMin", sort_order as "order"
    from incidents_categories order by parent_code nulls first, sort_order, code`);
  const list = rows.map(({ zh, en, ...rest }): Category => ({ ...rest, name: { zh, en } }));
  const byCode = new Map(list.map((c) => [c.code, c]));
  const clocks = await clockBookAt(tx, version);
  const book: CategoryBook = { version, clocks, list, get: (code) => byCode.get(code) };
  books.set(tx.rt, book);
  return book;
}

/** From memory where known. Who decides by it must let the database confirm the version. */
export async function categoryBook(tx: Tx): Promise<CategoryBook> {
  return books.get(tx.rt) ?? loadCategories(tx);
}

/** From memory while the database confirms that it is right still: one small question. */
export async function currentBook(tx: Tx): Promise<CategoryBook> {
  const version = await versionNow(tx);
  const known = books.get(tx.rt);
  return known?.version === version ? known : loadAt(tx, version);
}

/** Forgets what is in memory. */
export function forgetCategories(rt: Runtime): void {
  books.delete(rt);
}

/**
 * The second-level category that takes new reports under this code.
 *
 * @throws AppError `invalid-field` (unknown, or only a heading), `category-closed`
 */
export function reportable(book: CategoryBook, code: string): Category {
  const category = book.get(code);
  if (!category || category.parentCode === null) throw new AppError('invalid-field', { field: 'categoryCode' });
  const parent = book.get(category.parentCode);
  if (!category.active || parent?.active === false) {
    throw new AppError('category-closed', { field: 'categoryCode', details: { code } });
  }
  return category;
}
