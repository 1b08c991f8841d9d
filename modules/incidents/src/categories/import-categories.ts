/** A CSV of categories, all or nothing. */
import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import { departmentsById } from '@wangge/staff';
import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { severityNames } from '../states.ts';
import { putCategory, tellCategoriesChanged } from './save-category.ts';

const yes = new Set(['1', 'true', 'yes', 'y', '是']);
const flag = z.string().transform((s) => yes.has(s.trim().toLowerCase()));
const optional = z.string().transform((s) => (s.trim() === '' ? null : s.trim()));

/** Columns: code, parent, name, name_en, department, severity, limit_minutes, public, proof, proof_in_app, active, auto_close_minutes. */
const rowSchema = z.object({
  code: z.string().regex(/^[a-z0-9.-]{1,40}$/),
  parent: optional.default(null),
  name: z.string().trim().min(1).max(60),
  name_en: z.string().trim().max(60).default(''),
  department: optional.default(null),
  severity: z.enum(severityNames).default('ordinary'),
  limit_minutes: z.coerce.number().int().positive(),
  public: flag.default(true),
  proof: flag.default(false),
  proof_in_app: flag.default(false),
  active: flag.default(true),
  auto_close_minutes: optional
    .default(null)
    .transform((s) => (s === null ? null : Number(s)))
    .pipe(z.number().int().positive().nullable()),
});
type Row = z.output<typeof rowSchema> & { line: number };

function readRows(csv: string): Row[] {
  let records: { record: Record<string, string>; info: { lines: number } }[];
  try {
    records = parse(csv, { columns: true, bom: true, trim: true, skip_empty_lines: true, info: true });
  } catch (error) {
    throw new AppError('row-invalid', { field: 'csv', details: { problem: String(error) } });
  }
  return records.map(({ record, info }) => {
    const row = rowSchema.safeParse(record);
    if (!row.success) {
      const issue = row.error.issues[0];
      throw new AppError('row-invalid', {
        field: 'csv',
        details: { line: info.lines, column: issue?.path.join('.') ?? '', problem: issue?.message ?? '' },
      });
    }
    return { ...row.data, line: info.lines };
  });
}

/** @throws AppError `row-invalid` with the line at fault; then nothing was imported */
export async function importCategories(tx: Tx, csv: string): Promise<{ created: number; changed: number }> {
  tx.rt.authorise(tx.actor, 'incidents.edit-categories', {});
  const rows = readRows(csv);
  const departments = new Map([...(await departmentsById(tx)).values()].map((d) => [d.code, d.id]));
  let created = 0;
  // Headings first, whatever the order of the file.
  const ordered = [...rows.filter((r) => r.parent === null), ...rows.filter((r) => r.parent !== null)];
  for (const [order, row] of ordered.entries()) {
    const departmentId = row.department === null ? null : departments.get(row.department);
    if (departmentId === undefined) {
      throw new AppError('row-invalid', { field: 'csv', details: { line: row.line, column: 'department' } });
    }
    try {
      const isNew = await putCategory(tx, row.code, {
        parentCode: row.parent,
        name: { zh: row.name, en: row.name_en === '' ? row.name : row.name_en },
        departmentId,
        severity: row.severity,
        handleLimitMin: row.limit_minutes,
        public: row.public,
        proofRequired: row.proof,
        proofInApp: row.proof_in_app,
        active: row.active,
        autoCloseMin: row.auto_close_minutes,
        order,
      });
      if (isNew) created += 1;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      throw new AppError('row-invalid', {
        field: 'csv',
        details: { line: row.line, column: error.field ?? '' },
        cause: error,
      });
    }
  }
  tellCategoriesChanged(tx);
  tx.audit({ action: 'incidents.import-categories', details: { rows: rows.length, created } });
  return { created, changed: rows.length - created };
}
