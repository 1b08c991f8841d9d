/** What is learned about categories: the texts of closed incidents and where they were. */
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { loadCategories } from '../categories/book.ts';
import type { Hint } from './learn.ts';
import { beginLesson, mostExamples, teach } from './lessons.ts';
import type { Example } from './prepare.ts';

const batch = 2000;

interface Row {
  readonly id: string;
  readonly at: Date;
  readonly text: string;
  readonly path: string;
  readonly label: string;
  readonly who: string;
}

/**
 * Village and grid of a path, as marks: habits differ by place, and a whole village is nobody's secret.
 *
 * @example areaMarks('990101/990101100/990101100201/990101100201001/') // ['@990101100201', '@990101100201001']
 */
export function areaMarks(path: string): string[] {
  return path
    .split('/')
    .slice(2, 4)
    .filter((code) => code !== '')
    .map((code) => `@${code}`);
}

/** Newest first, each batch in a transaction of its own: a long one would hold back the database's cleaning. */
async function* closedIncidents(rt: Runtime): AsyncGenerator<Example[]> {
  let before: { at: Date; id: string } | null = null;
  for (let read = 0; read < mostExamples; read += batch) {
    const rows: Row[] = await rt.system('incidents', (tx) => readBatch(tx, before));
    const last = rows.at(-1);
    if (!last) return;
    before = { at: last.at, id: last.id };
    yield rows.map(({ text, path, label, who }) => ({ text, marks: areaMarks(path), label, who }));
    if (rows.length < batch) return;
  }
}

function readBatch(tx: Tx, before: { readonly at: Date; readonly id: string } | null): Promise<Row[]> {
  const end = before ?? { at: new Date(8.64e15), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
  return tx.rows<Row>(sql`
    select id, reported_at as at, description as text, reported_path as path, category_code as label,
      coalesce(reporter_account_id::text, reporter_phone_index, '') as who
    from incidents_incidents
    where state = 'closed' and (reported_at, id) < (${end.at}, ${end.id}::uuid)
    order by reported_at desc, id desc limit ${batch}`);
}

/** Categories that take reports now; their names are examples of themselves. */
async function nameHints(rt: Runtime): Promise<Hint[]> {
  const { list } = await rt.system('incidents', loadCategories);
  return list.filter((c) => c.active && c.parentCode !== null).map((c) => ({ label: c.code, text: c.name.zh }));
}

/** Learns about categories, unless somebody is at it. */
export async function learnCategories(rt: Runtime): Promise<void> {
  if (!(await rt.system('incidents', (tx) => beginLesson(tx, 'category')))) return;
  await teach(rt, 'category', closedIncidents(rt), await nameHints(rt));
}
