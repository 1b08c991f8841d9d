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
  return tx.maybe<Department>(
    sql`select id, code, name, phone, is_duty as "isDuty" from staff_departments where code = ${code}`,
  );
}
/** The one whose telephone residents are given; undefined where the town has named none. */
export async function dutyDepartment(tx: Tx): Promise<Department | undefined> {
  return tx.maybe<Department>(
    sql`select id, code, name, phone, is_duty as "isDuty" from staff_departments where is_duty`,
  );
}
/** Creates or changes one; with `isDuty: true` the duty line goes over to it. */
export async function saveDepartmentWith(
  tx: Tx,
  code: string,
  input: { name: string; phone: string | null; isDuty?: boolean | undefined },
): Promise<Department> {
  const isDuty = input.isDuty ?? null;
  if (isDuty === true) {
    // Two who name one at the same moment come one after the other; the second stands.
    await tx.run(sql`select pg_advisory_xact_lock(hashtext('staff.duty-department'))`);
    await tx.run(sql`update staff_departments set is_duty = false where is_duty and code <> ${code}`);
  }
  const row = await tx.one<Department>(sql`insert into staff_departments as d (id, code, name, phone, is_duty)
    values (${newId()}, ${code}, ${input.name}, ${input.phone}, coalesce(${isDuty}::boolean, false))
    on conflict (code) do update set name = excluded.name, phone = excluded.phone,
      is_duty = coalesce(${isDuty}::boolean, d.is_duty)
    returning id, code, name, phone, is_duty as "isDuty"`);
  tx.audit({
    action: 'staff.department-saved',
    subject: { kind: 'department', id: row.id },
    details: { code, isDuty: row.isDuty },
  });
  tellStaffChanged(tx, null);
  return row;
}
