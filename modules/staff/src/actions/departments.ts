/** Departments and organisations, found by a code that imports and category tables use. */
import { newId } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import type { Department } from '../contract.ts';
import { tellStaffChanged } from '../events.ts';
import { listDepartmentRows } from '../store.ts';

export async function departmentsById(tx: Tx): Promise<Map<string, Department>> {
  return new Map((await listDepartmentRows(tx)).map((d) => [d.id, d]));
}
export async function departmentByCode(tx: Tx, code: string): Promise<Department | undefined> {
  return tx.maybe<Department>(sql`select id, code, name, phone from staff_departments where code = ${code}`);
}
export async function saveDepartmentWith(
  tx: Tx,
  code: string,
  input: { name: string; phone: string | null },
): Promise<Department> {
  const row =
    await tx.one<Department>(sql`insert into staff_departments (id, code, name, phone) values (${newId()}, ${code}, ${input.name}, ${input.phone})
    on conflict (code) do update set name = excluded.name, phone = excluded.phone returning id, code, name, phone`);
  tx.audit({ action: 'staff.department-saved', subject: { kind: 'department', id: row.id }, details: { code } });
  tellStaffChanged(tx, null);
  return row;
}
