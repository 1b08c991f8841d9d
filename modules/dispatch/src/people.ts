/** Who somebody is to an order. */
import { type Actor, reachOf, type Runtime } from '@wangge/kernel';
import { type IncidentRecord, targetOf } from '@wangge/incidents';
import type { OrderRecord } from './order.ts';
import type { OrderHat } from './workflow.ts';

/** Leads the party: the head of a grid that covers the place, or a handler of the party's department. */
function isHead(actor: Actor, order: OrderRecord, incident: IncidentRecord): boolean {
  if (order.partyKind === 'department') return reachOf(actor).departmentIds.includes(order.partyId);
  return actor.posts.some((p) => p.role === 'grid-head' && incident.path.startsWith(p.areaPath));
}

function isParty(actor: Actor, order: OrderRecord): boolean {
  if (order.handlerId === actor.id) return true;
  return order.partyKind === 'account'
    ? order.partyId === actor.id
    : reachOf(actor).departmentIds.includes(order.partyId);
}

/** Nobody decides about what they ask for, or what their own team asks for. */
export function approverIsParty(actor: Actor, order: OrderRecord): boolean {
  return order.pendingBy === actor.id || isParty(actor, order);
}

export function orderHatsOf(rt: Runtime, actor: Actor, order: OrderRecord, incident: IncidentRecord): OrderHat[] {
  if (actor.kind !== 'account' || actor.id === null) return [];
  const hats: OrderHat[] = [];
  if (isParty(actor, order)) hats.push('party');
  if (isHead(actor, order, incident)) hats.push('head');
  if (rt.can(actor, 'dispatch.offer', targetOf(incident))) hats.push('dispatcher');
  if (rt.can(actor, 'dispatch.approve', targetOf(incident))) hats.push('approver');
  return hats;
}
