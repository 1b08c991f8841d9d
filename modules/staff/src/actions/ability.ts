/** Skills and times away: kept by the administrator, read by who dispatches. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import type { Ability, Leave, Skill } from '../contract.ts';
import { tellStaffChanged } from '../events.ts';
import { pathsOf } from '../scope.ts';
import { requireAccount } from './accounts.ts';

/** @throws AppError `not-found`, `forbidden` where the person has no post within reach */
export async function abilityOf(tx: Tx, accountId: string): Promise<Ability> {
  const account = await requireAccount(tx, accountId);
  const reached = pathsOf(tx.actor, 'staff.read');
  if (reached !== null && !account.posts.some((p) => reached.some((path) => p.areaPath.startsWith(path)))) {
    throw new AppError('forbidden', { details: { permission: 'staff.read' } });
  }
  const skills = await tx.rows<{ name: string; until: Date | null }>(
    sql`select skill as name, trained_until as until from staff_skills where account_id = ${accountId} order by skill`,
  );
  const leaves = await tx.rows<{ from_at: Date; to_at: Date }>(sql`select from_at, to_at from staff_leaves
    where account_id = ${accountId} and to_at > ${new Date(tx.nowMs)} order by from_at`);
  const known = await tx.rows<{ name: string }>(sql`select distinct skill as name from staff_skills order by skill`);
  return {
    skills: skills.map(({ name, until }) => ({ name, trainedUntilMs: until?.getTime() ?? null })),
    leaves: leaves.map(({ from_at, to_at }) => ({ fromMs: from_at.getTime(), toMs: to_at.getTime() })),
    knownSkills: known.map((k) => k.name),
  };
}

/** Times away that touch are one. Pure. */
export function joinLeaves(leaves: readonly Leave[]): Leave[] {
  const joined: Leave[] = [];
  for (const leave of leaves.toSorted((a, b) => a.fromMs - b.fromMs)) {
    const last = joined.at(-1);
    if (last && leave.fromMs <= last.toMs)
      joined[joined.length - 1] = { fromMs: last.fromMs, toMs: Math.max(last.toMs, leave.toMs) };
    else joined.push({ ...leave });
  }
  return joined;
}

/** Replaces all skills, and the times away that are not over: what is past stays as it was. */
export async function saveAbilityOf(
  tx: Tx,
  accountId: string,
  { skills, leaves }: { readonly skills: readonly Skill[]; readonly leaves: readonly Leave[] },
): Promise<Ability> {
  await requireAccount(tx, accountId);
  // Two who save at once come one after the other; the second stands.
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('staff.ability'), hashtext(${accountId}))`);
  await tx.run(sql`delete from staff_skills where account_id = ${accountId}`);
  const rows = skills.map((s) => ({
    skill: s.name,
    until: s.trainedUntilMs === null ? null : new Date(s.trainedUntilMs).toISOString(),
  }));
  await tx.run(sql`insert into staff_skills (account_id, skill, trained_until)
    select ${accountId}, skill, until from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as r(skill text, until timestamptz)`);
  await tx.run(sql`delete from staff_leaves where account_id = ${accountId} and to_at > ${new Date(tx.nowMs)}`);
  const away = joinLeaves(leaves.filter((l) => l.toMs > tx.nowMs)).map((l) => ({
    from_at: new Date(l.fromMs).toISOString(),
    to_at: new Date(l.toMs).toISOString(),
  }));
  await tx.run(sql`insert into staff_leaves (account_id, from_at, to_at)
    select ${accountId}, from_at, to_at from jsonb_to_recordset(${JSON.stringify(away)}::jsonb)
      as r(from_at timestamptz, to_at timestamptz)
    on conflict (account_id, from_at) do update set to_at = excluded.to_at`);
  tx.audit({
    action: 'staff.ability-saved',
    subject: { kind: 'account', id: accountId },
    details: { skills: rows.map((r) => r.skill), leaves: away.length },
  });
  tellStaffChanged(tx, accountId);
  return abilityOf(tx, accountId);
}

export interface HeldSkill {
  readonly name: string;
  readonly trainedUntilMs: number | null;
}
/** Skills by account, of those who have any of these. */
export async function skillsOf(tx: Tx, names: readonly string[]): Promise<Map<string, HeldSkill[]>> {
  const found = new Map<string, HeldSkill[]>();
  if (names.length === 0) return found;
  const rows = await tx.rows<{ accountId: string; name: string; until: Date | null }>(sql`
    select account_id as "accountId", skill as name, trained_until as until from staff_skills
    where skill = any(${[...names]}::text[])`);
  for (const { accountId, name, until } of rows) {
    found.set(accountId, [...(found.get(accountId) ?? []), { name, trainedUntilMs: until?.getTime() ?? null }]);
  }
  return found;
}

/** Those of the accounts that can receive an order: enabled, with a post. `away`: on leave now. */
export async function receivers(tx: Tx, accountIds: readonly string[]): Promise<Map<string, { away: boolean }>> {
  if (accountIds.length === 0) return new Map();
  const rows = await tx.rows<{ id: string; away: boolean }>(sql`select a.id,
      exists (select 1 from staff_leaves l where l.account_id = a.id
        and l.from_at <= ${new Date(tx.nowMs)} and l.to_at > ${new Date(tx.nowMs)}) as away
    from staff_accounts a where a.id = any(${[...accountIds]}::uuid[]) and a.enabled
      and exists (select 1 from staff_posts p where p.account_id = a.id)`);
  return new Map(rows.map((r) => [r.id, { away: r.away }]));
}

/** Departments with at least one handler who can sign in. */
export async function staffedDepartments(tx: Tx): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(sql`select distinct p.department_id as id
    from staff_posts p join staff_accounts a on a.id = p.account_id and a.enabled where p.department_id is not null`);
  return new Set(rows.map((r) => r.id));
}
