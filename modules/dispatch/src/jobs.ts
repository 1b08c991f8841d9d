/** Telling parties about their orders. */
import { findRecord, summaryOf } from '@wangge/incidents';
import type { JobHandler } from '@wangge/kernel';
import { tell } from '@wangge/notify';
import { handlersOf } from '@wangge/staff';
import { findOrder } from './order.ts';

const templates = {
  offered: 'order.offered',
  returned: 'order.returned',
  cancelled: 'order.cancelled',
  reopened: 'order.reopened',
} as const;

/** Everybody of a department, or the one account; a returned order's dispatcher is named in the payload. */
export const tellParty: JobHandler = async (rt, payload) => {
  const about = String(payload['about']) as keyof typeof templates;
  await rt.system('dispatch', async (tx) => {
    const order = await findOrder(tx, String(payload['orderId']));
    const incident = await findRecord(tx, order.incidentId);
    const named = payload['accountId'];
    const accounts =
      typeof named === 'string'
        ? [named]
        : order.handlerId !== null
          ? [order.handlerId]
          : order.partyKind === 'account'
            ? [order.partyId]
            : [...new Set((await handlersOf(tx, [order.partyId])).map((m) => m.accountId))];
    const params = {
      number: incident.number,
      summary: summaryOf(incident.description, 30),
      reason: String(payload['reason'] ?? ''),
    };
    for (const id of accounts) {
      await tell(tx, {
        to: { kind: 'account', id },
        template: templates[about],
        params,
        subject: { kind: 'incident', id: incident.id },
        urgent: incident.severity === 'emergency',
      });
    }
  });
};
