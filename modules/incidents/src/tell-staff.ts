/** Tells those who have to do with an incident that somebody supervises it, and that nobody answered in time. */
import type { JobHandler, Tx } from '@wangge/kernel';
import { tell } from '@wangge/notify';
import { handlersOf, membersFor } from '@wangge/staff';
import { momentText } from './clocks/words.ts';
import { findRecord, type IncidentRecord } from './record.ts';
import { summaryOf } from './rules.ts';

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

/**
 * Once for each account, however often the job runs: `key` names the occasion. What is `about: 'late'` is told to
 * whoever supervises as well (`alsoId`).
 */
export const tellStaff: JobHandler = async (rt, payload) => {
  await rt.system('incidents', async (tx) => {
    const record = await findRecord(tx, String(payload['incidentId']));
    const parties = await handling(tx, record);
    // It is the business of those who handle it; of the others only while nobody does.
    const others = parties.length > 0 ? [] : await responsible(tx, record);
    const also = typeof payload['alsoId'] === 'string' ? [payload['alsoId']] : [];
    const reason = String(payload['reason'] ?? '');
    const until = typeof payload['untilMs'] === 'number' ? momentText(payload['untilMs'], rt.config.zone) : null;
    const params = {
      number: record.number,
      summary: summaryOf(record.description, 30),
      reason:
        until === null ? reason : { zh: `${reason}（请于 ${until} 前答复）`, en: `${reason} (answer by ${until})` },
    };
    for (const id of new Set([...parties, ...others, ...also])) {
      await tell(tx, {
        to: { kind: 'account', id },
        template: payload['about'] === 'late' ? 'supervision.late' : 'incident.supervised',
        params,
        subject: { kind: 'incident', id: record.id },
        onceKey: String(payload['key']),
      });
    }
  });
};
