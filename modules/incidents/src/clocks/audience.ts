/** Who is told at a level: from the roles and areas of everybody, read once for a whole batch. */
import type { Tx } from '@wangge/kernel';
import { membersFor, type StaffMember } from '@wangge/staff';
import type { EscalationLevel, LadderStep } from '../contract/clocks.ts';

/** What the audience depends on, of one clock. */
export interface Told {
  /** Path of the responsible area. */
  readonly path: string;
  /** The order's party, or all parties of the incident. */
  readonly assigneeIds: readonly string[];
  readonly departmentIds: readonly string[];
  /** Department that owns the category. */
  readonly ownerId: string | null;
}

export interface Audience {
  of(step: LadderStep, told: Told): string[];
}

const depth: Readonly<Record<EscalationLevel, number>> = { county: 1, town: 2, village: 3 };
const upwards: readonly EscalationLevel[] = ['village', 'town', 'county'];
/** Who stands for a level when something comes up to it. */
const levelRoles = {
  village: new Set(['village-cadre']),
  town: new Set(['leader']),
  county: new Set(['leader', 'dispatcher']),
} as const satisfies Record<EscalationLevel, ReadonlySet<string>>;

const levelOf = (path: string): number => path.split('/').length - 1;

export async function loadAudience(tx: Tx): Promise<Audience> {
  return audienceOf(await membersFor(tx, ''));
}

export function audienceOf(members: readonly StaffMember[]): Audience {
  const above = (role: string, path: string): string[] =>
    path === '' ? [] : members.filter((m) => m.role === role && path.startsWith(m.areaPath)).map((m) => m.accountId);
  const handlersOf = (ids: readonly string[]): string[] =>
    members
      .filter((m) => m.role === 'department-handler' && m.departmentId !== null && ids.includes(m.departmentId))
      .map((m) => m.accountId);
  /** A level where nobody is goes up to the next one, and what nobody is above falls back to the town. */
  const levelPeople = (level: EscalationLevel, path: string): string[] => {
    for (const each of [...upwards.slice(upwards.indexOf(level)), 'town' as const]) {
      const found = members.filter(
        (m) =>
          levelOf(m.areaPath) === depth[each] && path.startsWith(m.areaPath) && levelRoles[each].has(m.role as never),
      );
      if (found.length > 0) return found.map((m) => m.accountId);
    }
    return [];
  };
  const one = (who: LadderStep['who'][number], told: Told): string[] => {
    switch (who) {
      case 'assignee':
        return [...told.assigneeIds, ...handlersOf(told.departmentIds)];
      case 'department':
        return handlersOf(told.ownerId === null ? told.departmentIds : [...told.departmentIds, told.ownerId]);
      case 'grid-head':
      case 'dispatcher':
      case 'leader':
        return above(who, told.path);
    }
  };
  return {
    of(step, told) {
      const people = step.who.flatMap((who) => one(who, told));
      return [...new Set(step.to === undefined ? people : [...people, ...levelPeople(step.to, told.path)])];
    },
  };
}
