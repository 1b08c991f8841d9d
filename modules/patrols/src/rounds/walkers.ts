/** Who walks a route. */
import { membersFor, type StaffMember } from '@wangge/staff';
import type { Tx } from '@wangge/kernel';
import { memberRoles, walkerRoles } from '../rules.ts';

/** People who may walk here, each once, with the post that lies nearest. */
export async function possibleWalkers(tx: Tx, areaPath: string): Promise<StaffMember[]> {
  const byPerson = new Map<string, StaffMember>();
  for (const member of await membersFor(tx, areaPath)) {
    if (!(walkerRoles as readonly string[]).includes(member.role)) continue;
    const known = byPerson.get(member.accountId);
    if (!known || (!walksByPost(known, areaPath) && walksByPost(member, areaPath))) {
      byPerson.set(member.accountId, member);
    }
  }
  return [...byPerson.values()];
}

/** By the post alone, where the route names nobody: the members at the area and below it. */
export function walksByPost(member: StaffMember, areaPath: string): boolean {
  return memberRoles.includes(member.role) && member.areaPath.startsWith(areaPath);
}
