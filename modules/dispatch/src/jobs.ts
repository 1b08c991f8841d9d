/** Telling parties about their orders. */
import { findRecord, summaryOf } from '@wangge/incidents';
import type { JobHandler } from '@wangge/kernel';
import { tell } from '@wangge/notify';
import { handlersOf } from '@wangge/staff';
import { replaceParty, strandedOrders } from './actions/replace-party.ts';
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

/** Persons at the desk hear of what nobody has. */
export const tellDesk: JobHandler = async (rt, payload) => {
  await rt.system('dispatch', async (tx) => {
    const incident = await findRecord(tx, String(payload['incidentId']));
    const params = { number: incident.number, reason: String(payload['reason'] ?? '') };
    const ids = payload['accountIds'];
    for (const id of Array.isArray(ids) ? ids.map(String) : []) {
      await tell(tx, {
        to: { kind: 'account', id },
        template: 'incident.unassigned',
        params,
        subject: { kind: 'incident', id: incident.id },
      });
    }
  });
};

/** Somebody was disabled or lost a post: each order in a transaction of its own, so that one fault spoils one. */
export const afterStaffChange: JobHandler = async (rt, payload) => {
  const accountId = typeof payload['accountId'] === 'string' ? payload['accountId'] : null;
  for (const stranded of await rt.system('dispatch', (tx) => strandedOrders(tx, accountId))) {
    await rt.system('dispatch', (tx) => replaceParty(tx, stranded));
  }
};
