/** The default: who gets an incident that no rule of the town's own decides. Pure. */
import type { Role } from '@wangge/contract-kit';
import type { Party } from './contract.ts';

export interface Member {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly areaPath: string;
  readonly areaName: string;
  readonly onDuty: boolean;
  /** Away now: nobody's first choice, and no rule's. */
  readonly onLeave: boolean;
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly positionAtMs: number | null;
}
export interface Situation {
  /** Path of the responsible area. */
  readonly path: string;
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly nowMs: number;
  readonly members: readonly Member[];
  /** Open orders by account or department. */
  readonly openOrders: ReadonlyMap<string, number>;
  readonly departments: readonly { readonly id: string; readonly name: string }[];
  /** Department that owns the category. */
  readonly departmentId: string | null;
  /** Departments with somebody who can take an order. */
  readonly staffed: ReadonlySet<string>;
  /** What the category asks of who handles it. */
  readonly needs: readonly string[];
  /** Of the skills that are needed, who has them. */
  readonly skills: ReadonlyMap<string, readonly { readonly name: string; readonly trainedUntilMs: number | null }[]>;
}
export interface Offer {
  readonly party: Party;
  readonly required: boolean;
}

/** Who answers for the ground first: the grid's own member, then those beside and above. */
const ownRoles: readonly Role[] = ['grid-member', 'micro-grid-member', 'grid-head', 'village-cadre'];

/** Paths are closed by slashes, so a prefix is an ancestor or the area itself. */
export const covers = (areaPath: string, path: string): boolean => path.startsWith(areaPath);
const depth = (path: string): number => path.split('/').length;

/** Of the members whose post covers the place and who are not away: by post, on duty before off, nearest post, fewest orders. */
export function ownMember(situation: Situation): Member | null {
  const able = situation.members.filter(
    (m) => ownRoles.includes(m.role) && !m.onLeave && covers(m.areaPath, situation.path),
  );
  const load = (m: Member): number => situation.openOrders.get(m.accountId) ?? 0;
  return (
    able.toSorted(
      (a, b) =>
        ownRoles.indexOf(a.role) - ownRoles.indexOf(b.role) ||
        Number(b.onDuty) - Number(a.onDuty) ||
        depth(b.areaPath) - depth(a.areaPath) ||
        load(a) - load(b) ||
        (a.accountId < b.accountId ? -1 : 1),
    )[0] ?? null
  );
}

/**
 * The grid's own member and the category's department. The member's answer is required; the department
 * assists, unless there is no member: then its answer is. A department without people gets nothing.
 */
export function assignmentRule(situation: Situation): Offer[] {
  const member = ownMember(situation);
  const offers: Offer[] = [];
  if (member) offers.push({ party: { kind: 'account', id: member.accountId }, required: true });
  if (situation.departmentId !== null && situation.staffed.has(situation.departmentId)) {
    offers.push({ party: { kind: 'department', id: situation.departmentId }, required: member === null });
  }
  return offers;
}
