/** Rows of accounts, posts and departments, as the contract shows them. */
import type { Role } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { type Sql, sql, type Tx } from '@wangge/kernel';
import type { Account, Department, Post } from './contract.ts';

interface AccountRow {
  id: string;
  login: string;
  name: string;
  phone_mask: string | null;
  enabled: boolean;
  totp_on: boolean;
  locked_until: Date | null;
  last_seen_at: Date | null;
}
interface PostRow {
  id: string;
  account_id: string;
  role: Role;
  area_id: string;
  area_path: string;
  department_id: string | null;
  department_name: string | null;
}

function postOf(tx: Tx, row: PostRow): Post {
  return {
    id: row.id,
    role: row.role,
    areaId: row.area_id,
    areaPath: row.area_path,
    areaName: areaIndex(tx.rt).get(row.area_id)?.name ?? row.area_path,
    departmentId: row.department_id,
    departmentName: row.department_name,
  };
}

export async function postsOf(tx: Tx, accountIds: readonly string[]): Promise<Map<string, Post[]>> {
  const rows =
    await tx.rows<PostRow>(sql`select p.id, p.account_id, p.role, p.area_id, p.area_path, p.department_id, d.name as department_name
    from staff_posts p left join staff_departments d on d.id = p.department_id
    where p.account_id = any(${accountIds}::uuid[]) order by p.area_path, p.role`);
  const posts = new Map<string, Post[]>();
  for (const row of rows) posts.set(row.account_id, [...(posts.get(row.account_id) ?? []), postOf(tx, row)]);
  return posts;
}

const accountColumns = sql`a.id, a.login, a.name, a.phone_mask, a.enabled, a.totp_on, a.locked_until, a.last_seen_at`;

/** Accounts by a condition over `a`, with their posts. */
export async function accountsWhere(tx: Tx, condition: Sql, limit: number): Promise<Account[]> {
  const rows = await tx.rows<AccountRow>(
    sql`select ${accountColumns} from staff_accounts a where ${condition} order by a.login limit ${limit}`,
  );
  const posts = await postsOf(
    tx,
    rows.map((r) => r.id),
  );
  const nowMs = tx.nowMs;
  return rows.map((row) => ({
    id: row.id,
    login: row.login,
    name: row.name,
    phone: row.phone_mask,
    enabled: row.enabled,
    secondFactor: row.totp_on,
    lockedUntilMs: row.locked_until && row.locked_until.getTime() > nowMs ? row.locked_until.getTime() : null,
    lastSeenMs: row.last_seen_at?.getTime() ?? null,
    posts: posts.get(row.id) ?? [],
  }));
}

export async function accountById(tx: Tx, id: string): Promise<Account | undefined> {
  return (await accountsWhere(tx, sql`a.id = ${id}`, 1))[0];
}

export async function listDepartmentRows(tx: Tx): Promise<Department[]> {
  return tx.rows<Department>(
    sql`select id, code, name, phone, is_duty as "isDuty" from staff_departments order by code`,
  );
}
