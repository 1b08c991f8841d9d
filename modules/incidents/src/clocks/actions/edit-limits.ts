/** Limits and ladders as an administrator sets them. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { parse } from 'csv-parse/sync';
import { currentBook, forgetCategories, loadCategories } from '../../categories/book.ts';
import { tellCategoriesChanged } from '../../categories/save-category.ts';
import { clockPhaseNames, type Ladder, type Limit, limitSchema, type Recompute } from '../../contract/clocks.ts';
import { defaultLadders } from '../default-ladders.ts';
import { any } from '../limits.ts';
import { askRecompute, lastRecompute } from '../recompute.ts';

const permission = 'incidents.edit-categories';

export async function listLimits(
  tx: Tx,
): Promise<{ limits: Limit[]; ladders: Ladder[]; defaults: Ladder[]; recompute: Recompute | null }> {
  const { clocks } = await currentBook(tx);
  const defaults = clockPhaseNames.map((phase): Ladder => ({
    phase,
    severity: any,
    steps: [...defaultLadders[phase]],
  }));
  return {
    limits: [...clocks.limits],
    ladders: [...clocks.ladders],
    defaults,
    recompute: await lastRecompute(tx),
  };
}

async function checkCategory(tx: Tx, code: string): Promise<void> {
  if (code !== any && !(await loadCategories(tx)).get(code)) throw new AppError('not-found', { field: 'categoryCode' });
}

async function putLimit(tx: Tx, limit: Limit): Promise<boolean> {
  const row = await tx.one<{ created: boolean }>(sql`
    insert into incidents_limits (category_code, severity, phase, minutes, mode)
    values (${limit.categoryCode}, ${limit.severity}, ${limit.phase}, ${limit.minutes}, ${limit.mode})
    on conflict (category_code, severity, phase) do update set minutes = excluded.minutes, mode = excluded.mode
    returning xmax = 0 as created`);
  return row.created;
}

/** What follows every change: other processes notice by the version, open clocks by a job. */
export async function rulesChanged(tx: Tx, why: Recompute['why']): Promise<void> {
  tx.afterCommit(() => forgetCategories(tx.rt));
  tellCategoriesChanged(tx);
  await askRecompute(tx, why);
}

export async function saveLimits(
  tx: Tx,
  code: string,
  limits: readonly Omit<Limit, 'categoryCode'>[],
): Promise<Limit[]> {
  tx.rt.authorise(tx.actor, permission, {});
  await checkCategory(tx, code);
  const keys = new Set(limits.map((l) => `${l.severity} ${l.phase}`));
  if (keys.size < limits.length) throw new AppError('invalid-field', { field: 'limits' });
  await tx.run(sql`delete from incidents_limits where category_code = ${code}`);
  const rows = limits.map((limit) => ({ ...limit, categoryCode: code }));
  for (const row of rows) await putLimit(tx, row);
  await rulesChanged(tx, 'rule');
  tx.audit({
    action: 'incidents.save-limits',
    subject: { kind: 'category', id: code },
    details: { rows: rows.length },
  });
  return rows;
}

/** @throws AppError `row-invalid` with the line at fault; then nothing was imported */
export async function importLimits(tx: Tx, csv: string): Promise<{ created: number; changed: number }> {
  tx.rt.authorise(tx.actor, permission, {});
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true });
  } catch (error) {
    throw new AppError('row-invalid', { field: 'csv', details: { problem: String(error) } });
  }
  const book = await loadCategories(tx);
  let created = 0;
  for (const { record, info } of records) {
    const row = limitSchema.safeParse({
      categoryCode: record['category'],
      severity: record['severity'] === '' ? any : record['severity'],
      phase: record['phase'],
      minutes: Number(record['minutes']),
      mode: record['mode'] ?? 'calendar',
    });
    const known = row.success && (row.data.categoryCode === any || book.get(row.data.categoryCode) !== undefined);
    if (!row.success || !known) {
      const path = row.success ? 'categoryCode' : String(row.error.issues[0]?.path[0] ?? '');
      const column = path === 'categoryCode' ? 'category' : path;
      throw new AppError('row-invalid', {
        field: 'csv',
        details: { line: info.lines, column, problem: row.success ? '' : (row.error.issues[0]?.message ?? '') },
      });
    }
    if (await putLimit(tx, row.data)) created += 1;
  }
  await rulesChanged(tx, 'rule');
  tx.audit({ action: 'incidents.import-limits', details: { rows: records.length, created } });
  return { created, changed: records.length - created };
}

/** An empty list of steps is a decision too: nobody is told. */
export async function saveLadder(tx: Tx, ladder: Ladder): Promise<Ladder> {
  tx.rt.authorise(tx.actor, permission, {});
  await tx.run(sql`insert into incidents_ladders (phase, severity, steps)
    values (${ladder.phase}, ${ladder.severity}, ${JSON.stringify(ladder.steps)}::jsonb)
    on conflict (phase, severity) do update set steps = excluded.steps`);
  await rulesChanged(tx, 'rule');
  tx.audit({
    action: 'incidents.save-ladder',
    subject: { kind: 'ladder', id: `${ladder.phase}/${ladder.severity}` },
    details: { steps: ladder.steps.length },
  });
  return ladder;
}
