/** Posts, and the teams they make: "1+2+N" and "1+3+N". */
import { AppError, newId, roles, type Role } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { isUniqueViolation, sql, type Tx } from '@wangge/kernel';
import type { Account } from '../contract.ts';
import { tellStaffChanged } from '../events.ts';
import { endSessions } from '../sessions.ts';
import { requireAccount } from './accounts.ts';
import { departmentsById } from './departments.ts';

export interface PostInput {
  readonly role: Role;
  readonly areaId: string;
  readonly departmentId: string | null;
  readonly publicPhone?: string | null;
}

export async function addPostTo(tx: Tx, accountId: string, post: PostInput): Promise<Account> {
  if (tx.actor.id === accountId) throw new AppError('forbidden', { details: { reason: 'own-post' } });
  await requireAccount(tx, accountId);
  const area = areaIndex(tx.rt).get(post.areaId);
  if (!area) throw new AppError('not-found', { field: 'areaId' });
  if (roles[post.role].reach === 'department' && post.departmentId === null)
    throw new AppError('invalid-field', { field: 'departmentId' });
  if (post.departmentId !== null && !(await departmentsById(tx)).has(post.departmentId))
    throw new AppError('not-found', { field: 'departmentId' });
  try {
    await tx.run(sql`insert into staff_posts (id, account_id, role, area_id, area_path, department_id, public_phone)
      values (${newId()}, ${accountId}, ${post.role}, ${area.id}, ${area.path}, ${post.departmentId}, ${post.publicPhone ?? null})`);
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('already-exists', { field: 'role' });
    throw error;
  }
  tx.audit({
    action: 'staff.post-added',
    subject: { kind: 'account', id: accountId },
    details: { role: post.role, area: area.code },
  });
  tellStaffChanged(tx, accountId);
  return requireAccount(tx, accountId);
}

export async function removePostById(tx: Tx, postId: string): Promise<Account> {
  const post = await tx.one<{ account_id: string; role: string }>(
    sql`select account_id, role from staff_posts where id = ${postId}`,
  );
  if (tx.actor.id === post.account_id) throw new AppError('forbidden', { details: { reason: 'own-post' } });
  await tx.run(sql`delete from staff_posts where id = ${postId}`);
  // Streams and pages opened under the lost post must not go on.
  await endSessions(tx, post.account_id);
  tx.audit({
    action: 'staff.post-removed',
    subject: { kind: 'account', id: post.account_id },
    details: { role: post.role },
  });
  tellStaffChanged(tx, post.account_id);
  return requireAccount(tx, post.account_id);
}

interface TeamRow {
  accountId: string;
  name: string;
  role: Role;
  areaId: string;
  onDuty: boolean;
}
export interface TeamMember extends TeamRow {
  readonly rank: number;
  readonly areaName: string;
}

/**
 * Everyone with a post in the area, below it, or (head, cadre) right above it; `formula` counts them
 * as a sign in the village hall does: one head, so many members and cadre, so many others.
 */
export async function teamOf(tx: Tx, areaId: string): Promise<{ formula: string; members: TeamMember[] }> {
  const index = areaIndex(tx.rt);
  const area = index.get(areaId);
  if (!area) throw new AppError('not-found', { field: 'areaId' });
  const rows = await tx.rows<TeamRow>(sql`
    select p.account_id as "accountId", a.name, p.role, p.area_id as "areaId",
      exists (select 1 from staff_duty d where d.account_id = p.account_id) as "onDuty"
    from staff_posts p join staff_accounts a on a.id = p.account_id
    where a.enabled and (starts_with(p.area_path, ${area.path})
      or (starts_with(${area.path}, p.area_path) and p.role in ('grid-head', 'grid-member', 'village-cadre', 'police', 'doctor')))
    order by a.login`);
  const members = rows
    .filter((r) => roles[r.role].team > 0)
    .map((r) => ({ ...r, rank: roles[r.role].team, areaName: index.get(r.areaId)?.name ?? '' }))
    .toSorted((a, b) => a.rank - b.rank);
  const count = (rank: number): number => new Set(members.filter((m) => m.rank === rank).map((m) => m.accountId)).size;
  return { formula: `${count(1)}+${count(2)}+${count(3)}`, members };
}
