/** What rules and the list of candidates look at, gathered from the modules above. */
import { areaIndex } from '@wangge/areas';
import { categoriesOf, type IncidentRecord } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { departmentsById, membersFor, skillsOf, staffedDepartments } from '@wangge/staff';
import { neededSkills } from './actions/category-skills.ts';
import { openOrderCounts } from './order.ts';
import type { Situation } from './rules.ts';

/** @param reach `town` for candidates from everywhere, `own` for the teams that cover the place */
export async function situationOf(tx: Tx, incident: IncidentRecord, reach: 'town' | 'own'): Promise<Situation> {
  const category = (await categoriesOf(tx)).get(incident.categoryCode);
  const departments = [...(await departmentsById(tx)).values()];
  const from = reach === 'own' ? incident.path : (townPath(incident.path) ?? incident.path);
  const members = await membersFor(tx, from);
  const openOrders = await openOrderCounts(tx, [...members.map((m) => m.accountId), ...departments.map((d) => d.id)]);
  const area = incident.areaId === null ? null : areaIndex(tx.rt).get(incident.areaId);
  const needs = await neededSkills(tx, [incident.categoryCode, category?.parentCode ?? '']);
  return {
    path: incident.path,
    place:
      incident.lon !== null && incident.lat !== null
        ? { lon: incident.lon, lat: incident.lat }
        : (area?.center ?? null),
    nowMs: tx.nowMs,
    members,
    openOrders,
    departments,
    departmentId: category?.departmentId ?? null,
    staffed: await staffedDepartments(tx),
    needs,
    skills: await skillsOf(tx, needs),
  };
}

/** County and town: the first two codes of a path. */
function townPath(path: string): string | null {
  return /^[^/]+\/[^/]+\//.exec(path)?.[0] ?? null;
}
