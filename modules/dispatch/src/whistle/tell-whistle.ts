/** Telling the people of a whistle. */
import { findRecord, summaryOf } from '@wangge/incidents';
import type { JobHandler } from '@wangge/kernel';
import { tellAccounts } from '@wangge/notify';
import { handlersOf, membersFor } from '@wangge/staff';
import { callsOf, findWhistle } from './store.ts';

const templates = {
  asked: 'whistle.asked',
  sounded: 'whistle.sounded',
  declined: 'whistle.declined',
  late: 'whistle.late',
} as const;

/** Each person once for each step, however often the job runs. */
export const tellWhistle: JobHandler = async (rt, payload) => {
  const about = String(payload['about']) as keyof typeof templates;
  await rt.system('dispatch', async (tx) => {
    const whistle = await findWhistle(tx, String(payload['whistleId']));
    const incident = await findRecord(tx, whistle.incidentId);
    const missing = (await callsOf(tx, [whistle.id])).filter((c) => c.presentMs === null);
    const people: string[] = [];
    if (about === 'asked') {
      const covering = (await membersFor(tx, incident.path)).filter((m) => incident.path.startsWith(m.areaPath));
      people.push(...covering.filter((m) => m.role === 'dispatcher').map((m) => m.accountId));
    } else if (about === 'declined') {
      if (whistle.askedBy !== null) people.push(whistle.askedBy);
    } else {
      const handlers = await handlersOf(
        tx,
        missing.map((c) => c.departmentId),
      );
      people.push(...handlers.map((m) => m.accountId));
      if (about === 'late' && whistle.soundedBy !== null) people.push(whistle.soundedBy);
      if (about === 'sounded' && whistle.askedBy !== null) people.push(whistle.askedBy);
    }
    const params = {
      number: incident.number,
      summary: summaryOf(incident.description, 24),
      minutes: String(whistle.limitMin ?? ''),
      place: whistle.meetingPoint ?? incident.address ?? '',
      reason: (about === 'declined' ? whistle.declinedReason : whistle.askedReason) ?? '',
      name: whistle.askedByName ?? '',
      departments: missing.map((c) => c.departmentName).join('、'),
    };
    await tellAccounts(
      tx,
      [...new Set(people)].map((accountId) => ({
        accountId,
        template: templates[about],
        params,
        subject: { kind: 'incident', id: incident.id },
        onceKey: `whistle:${whistle.id}:${about}`,
      })),
    );
  });
};
