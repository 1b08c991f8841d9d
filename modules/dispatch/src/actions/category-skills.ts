/** Skills that a category asks for, of its own and of its heading. */
import { AppError } from '@wangge/contract-kit';
import { categoriesOf } from '@wangge/incidents';
import { sql, type Tx } from '@wangge/kernel';
import { authoriseTownWide } from './town-wide.ts';

/** @param codes a category and its heading */
export async function neededSkills(tx: Tx, codes: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ skill: string }>(
    sql`select distinct skill from dispatch_category_skills where category_code = any(${[...codes]}::text[]) order by skill`,
  );
  return rows.map((r) => r.skill);
}

type Needs = { needs: { categoryCode: string; skills: string[] }[] };
export async function listNeeds(tx: Tx): Promise<Needs> {
  const needs = await tx.rows<Needs['needs'][number]>(sql`
    select category_code as "categoryCode", array_agg(skill order by skill) as skills
    from dispatch_category_skills group by category_code order by category_code`);
  return { needs };
}

/** @throws AppError `not-found` for a category that does not exist */
export async function setNeeds(tx: Tx, code: string, skills: readonly string[]): Promise<Needs> {
  authoriseTownWide(tx);
  if (!(await categoriesOf(tx)).get(code)) throw new AppError('not-found', { field: 'code' });
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('dispatch.category-skills'))`);
  await tx.run(sql`delete from dispatch_category_skills where category_code = ${code}`);
  const names = [...new Set(skills)];
  await tx.run(sql`insert into dispatch_category_skills (category_code, skill)
    select ${code}, s from unnest(${names}::text[]) as s`);
  tx.audit({
    action: 'dispatch.save-category-skills',
    subject: { kind: 'category', id: code },
    details: { skills: names },
  });
  return listNeeds(tx);
}
