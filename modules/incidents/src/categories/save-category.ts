/** Categories are edited one by one or come as a CSV file; they are never deleted, since incidents name them. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { departmentsById } from '@wangge/staff';
import { categoriesChanged, type Category } from '../contract.ts';
import { forgetCategories } from './book.ts';

/** Two levels and no more; a heading that has children stays a heading. */
async function checkParent(tx: Tx, code: string, parentCode: string | null): Promise<void> {
  if (parentCode === null) return;
  const parent = await tx.maybe<{ parent: string | null }>(
    sql`select parent_code as parent from incidents_categories where code = ${parentCode}`,
  );
  if (!parent || parent.parent !== null || parentCode === code)
    throw new AppError('invalid-field', { field: 'parentCode' });
  const child = await tx.maybe(sql`select 1 from incidents_categories where parent_code = ${code} limit 1`);
  if (child) throw new AppError('invalid-field', { field: 'parentCode', details: { problem: 'has children' } });
}

/** Writes a category; answers whether it is new. */
export async function putCategory(tx: Tx, code: string, body: Omit<Category, 'code'>): Promise<boolean> {
  await checkParent(tx, code, body.parentCode);
  const row = await tx.one<{ created: boolean }>(sql`
    insert into incidents_categories as c (code, parent_code, name_zh, name_en, department_id, severity, handle_limit_min,
      public, proof_required, proof_in_app, active, auto_close_min, sort_order)
    values (${code}, ${body.parentCode}, ${body.name.zh}, ${body.name.en}, ${body.departmentId}, ${body.severity},
      ${body.handleLimitMin}, ${body.public}, ${body.proofRequired}, ${body.proofInApp}, ${body.active},
      ${body.autoCloseMin}, ${body.order})
    on conflict (code) do update set parent_code = excluded.parent_code, name_zh = excluded.name_zh,
      name_en = excluded.name_en, department_id = excluded.department_id, severity = excluded.severity,
      handle_limit_min = excluded.handle_limit_min, public = excluded.public, proof_required = excluded.proof_required,
      proof_in_app = excluded.proof_in_app,
      active = excluded.active, auto_close_min = excluded.auto_close_min, sort_order = excluded.sort_order
    returning xmax = 0 as created`);
  tx.afterCommit(() => forgetCategories(tx.rt));
  return row.created;
}

/** Every signed-in account shows categories somewhere. */
export function tellCategoriesChanged(tx: Tx): void {
  tx.emit(categoriesChanged, {}, { areaPath: '', subjectId: '' });
}

/** Create or change a category by its code. */
export async function saveCategory(tx: Tx, code: string, body: Omit<Category, 'code'>): Promise<Category> {
  tx.rt.authorise(tx.actor, 'incidents.edit-categories', {});
  if (body.departmentId !== null && !(await departmentsById(tx)).has(body.departmentId)) {
    throw new AppError('invalid-field', { field: 'departmentId' });
  }
  const created = await putCategory(tx, code, body);
  tellCategoriesChanged(tx);
  tx.audit({
    action: 'incidents.save-category',
    subject: { kind: 'category', id: code },
    details: { created, active: body.active, handleLimitMin: body.handleLimitMin },
  });
  return { code, ...body };
}
