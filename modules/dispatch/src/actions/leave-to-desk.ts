/** Nobody has it: it goes to persons at the desk, by name, with a line in the timeline and a message. */
import { appendHistory, type IncidentRecord, type MoveFacts } from '@wangge/incidents';
import { systemActor, type Tx } from '@wangge/kernel';
import { membersFor } from '@wangge/staff';
import { type DeskMember, deskFor, leadersFor } from '../ruling/desk.ts';

/** @param offeredBy who sent the order that came back; null for the platform */
export async function deskOf(
  tx: Tx,
  incident: IncidentRecord,
  offeredBy: string | null,
  who: 'desk' | 'leaders' = 'desk',
): Promise<DeskMember[]> {
  const members = await membersFor(tx, incident.path);
  return who === 'leaders' ? leadersFor(members, incident.path, offeredBy) : deskFor(members, incident.path, offeredBy);
}

export const namesOf = (people: readonly DeskMember[]): string => people.map((m) => m.name).join('、');

/** @returns those whom it went to */
export async function leaveToDesk(
  tx: Tx,
  incident: IncidentRecord,
  reason: string,
  offeredBy: string | null,
  facts: MoveFacts,
): Promise<DeskMember[]> {
  const people = await deskOf(tx, incident, offeredBy);
  await appendHistory(tx, [
    {
      incidentId: incident.id,
      move: 'order:to-desk',
      actor: systemActor('dispatch'),
      actorName: '系统',
      atMs: facts.atMs ?? tx.nowMs,
      reason,
      partyName: namesOf(people) || null,
    },
  ]);
  if (facts.quiet !== true && people.length > 0) {
    const accountIds = people.map((m) => m.accountId);
    tx.addJob('dispatch.tell-desk', { incidentId: incident.id, accountIds, reason });
  }
  return people;
}
