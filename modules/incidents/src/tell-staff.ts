/** Tells those who have to do with an incident that time runs out, or that it is supervised. */
import type { JobHandler, Tx } from '@wangge/kernel';
import { tell } from '@wangge/notify';
import { handlersOf, membersFor } from '@wangge/staff';
import { findRecord, type IncidentRecord } from './record.ts';
import { summaryOf } from './rules.ts';

const templates = {
  warning: 'incident.warning',
  overdue: 'incident.overdue',
  supervised: 'incident.supervised',
} as const;

/** The people it was given to: by name, or all handlers of a department. */
async function handling(tx: Tx, record: IncidentRecord): Promise<string[]> {
  const handlers = record.departmentIds.length === 0 ? [] : await handlersOf(tx, record.departmentIds);
  return [...record.assigneeIds, ...handlers.map((m) => m.accountId)];
}

/** Heads of the grids it lies in, and the dispatchers above. */
async function responsible(tx: Tx, record: IncidentRecord): Promise<string[]> {
  if (record.path === '') return [];
  const members = await membersFor(tx, record.path);
  return members
    .filter((m) => (m.role === 'grid-head' || m.role === 'dispatcher') && record.path.startsWith(m.areaPath))
    .map((m) => m.accountId);
}

/** Day and minute in the town's zone, `11-02 09:30`. */
function momentText(ms: number, zone: string): string {
  const parts = new Intl.DateTimeFormat('sv-SE', { timeZone: zone, dateStyle: 'short', timeStyle: 'short' });
  return parts.format(ms).slice(5);
}

/** Once for each account, however often the job runs: `key` names the occasion. */
export const tellStaff: JobHandler = async (rt, payload) => {
  const about = String(payload['about']) as keyof typeof templates;
  await rt.system('incidents', async (tx) => {
    const record = await findRecord(tx, String(payload['incidentId']));
    // Answered in the meantime: nobody needs to hurry any more.
    if (about !== 'supervised' && record.stoppedMs !== null) return;
    const parties = await handling(tx, record);
    // A supervised incident is the business of those who handle it; of the others only while nobody does.
    const others = about === 'supervised' && parties.length > 0 ? [] : await responsible(tx, record);
    const params = {
      number: record.number,
      summary: summaryOf(record.description, 30),
      reason: String(payload['reason'] ?? ''),
      deadline: record.deadlineMs === null ? '' : momentText(record.deadlineMs, rt.config.zone),
    };
    for (const id of new Set([...parties, ...others])) {
      await tell(tx, {
        to: { kind: 'account', id },
        template: templates[about],
        params,
        subject: { kind: 'incident', id: record.id },
        onceKey: String(payload['key']),
      });
    }
  });
};
