/** To whom at the desk something goes that no party has: always persons by name. Pure. */
import type { Role } from '@wangge/contract-kit';

export interface DeskMember {
  readonly accountId: string;
  readonly name: string;
  readonly role: Role;
  readonly areaPath: string;
  readonly onDuty: boolean;
  readonly onLeave: boolean;
}

function once(members: readonly DeskMember[]): DeskMember[] {
  return [...new Map(members.map((m) => [m.accountId, m])).values()];
}

/**
 * Who dispatched it; gone, away or off duty: the dispatchers on duty; nobody on duty: all dispatchers with the
 * leaders. Where nobody at all goes on duty, who dispatched is taken to be there. Empty only where the town has
 * neither dispatcher nor leader.
 *
 * @param path of the incident
 * @param offeredBy account that sent the order, null for the platform
 */
export function deskFor(members: readonly DeskMember[], path: string, offeredBy: string | null): DeskMember[] {
  const covering = members.filter((m) => path.startsWith(m.areaPath));
  const here = covering.filter((m) => !m.onLeave);
  const dispatchers = once(here.filter((m) => m.role === 'dispatcher'));
  const onDuty = dispatchers.filter((m) => m.onDuty);
  const sender = dispatchers.find((m) => m.accountId === offeredBy);
  if (sender && (sender.onDuty || onDuty.length === 0)) return [sender];
  if (onDuty.length > 0) return onDuty;
  const all = once([...dispatchers, ...here.filter((m) => m.role === 'leader')]);
  return all.length > 0 ? all : once(covering.filter((m) => m.role === 'dispatcher' || m.role === 'leader'));
}

/** Who settles between departments: the leaders, on duty before off; without any, the desk. */
export function leadersFor(members: readonly DeskMember[], path: string, offeredBy: string | null): DeskMember[] {
  const leaders = once(members.filter((m) => m.role === 'leader' && !m.onLeave && path.startsWith(m.areaPath)));
  const ordered = leaders.toSorted((a, b) => Number(b.onDuty) - Number(a.onDuty));
  return ordered.length > 0 ? ordered : deskFor(members, path, offeredBy);
}
