/** What each move of an order changes in its row. */
import { AppError } from '@wangge/contract-kit';
import type { IncidentRecord } from '@wangge/incidents';
import type { Actor, Tx } from '@wangge/kernel';
import { handlersOf, membersFor } from '@wangge/staff';
import type { OrderMoveBody, Party } from '../contract.ts';
import type { OrderRecord } from '../order.ts';
import type { OrderPatch } from '../store.ts';

const noneAsked: OrderPatch = {
  pending: null,
  pending_until: null,
  pending_reason: null,
  pending_by: null,
  pending_by_name: null,
};

/** Columns for the move, besides the state. */
export function orderPatchOf(body: OrderMoveBody, order: OrderRecord, actor: Actor, atMs: number): OrderPatch {
  switch (body.move) {
    case 'accept':
      return { accepted_at: atMs, handler_id: actor.id, handler_name: actor.name };
    case 'arrive':
      return {
        arrived_at: atMs,
        arrived_lon: body.place?.lon ?? null,
        arrived_lat: body.place?.lat ?? null,
        arrived_reason: body.reason ?? null,
      };
    case 'handle':
      return {};
    case 'ask-suspend':
    case 'ask-extend':
      return {
        pending: body.move === 'ask-suspend' ? 'suspend' : 'extend',
        pending_until: body.untilMs,
        pending_reason: body.reason,
        pending_by: actor.id,
        pending_by_name: actor.name,
      };
    case 'approve':
      return {
        ...noneAsked,
        ...(body.granted && order.pending === 'suspend'
          ? { state_before: order.state, suspended_at: atMs, suspended_until: order.pendingUntilMs }
          : {}),
      };
    case 'resume':
      return { state_before: null, suspended_until: null };
    case 'respond':
      return {
        responded_at: atMs,
        response: body.text,
        responded_lon: body.place?.lon ?? null,
        responded_lat: body.place?.lat ?? null,
        proof_count: order.proofCount + body.photoIds.length,
        ...noneAsked,
      };
    case 'return':
    case 'pass-on':
    case 'cancel':
      return { ended_at: atMs, ended_reason: body.reason, ...noneAsked };
  }
}

/** What stands in the timeline as the reason. */
export function reasonOf(body: OrderMoveBody): string | null {
  if (body.move === 'respond') return body.text;
  if (body.move === 'approve' && !body.granted) return `未批准${body.reason === undefined ? '' : `：${body.reason}`}`;
  return 'reason' in body ? (body.reason ?? null) : null;
}

/** May the head give the order to this one? Within the own grid's team, or among the department's handlers. */
export async function isWithinTeam(
  tx: Tx,
  actor: Actor,
  order: OrderRecord,
  incident: IncidentRecord,
  party: Party,
): Promise<boolean> {
  if (party.kind === 'department') return false;
  if (party.id === order.partyId) throw new AppError('invalid-field', { field: 'party' });
  if (order.partyKind === 'department') {
    return (await handlersOf(tx, [order.partyId])).some((m) => m.accountId === party.id);
  }
  const led = actor.posts.filter((p) => p.role === 'grid-head' && incident.path.startsWith(p.areaPath));
  for (const post of led) {
    const team = await membersFor(tx, post.areaPath);
    if (team.some((m) => m.accountId === party.id && m.areaPath.startsWith(post.areaPath))) return true;
  }
  return false;
}
