/** To whom a returned order goes: the desk, the first receiver, or the leaders. Always persons by name. */
import { appendHistory, type IncidentRecord, type MoveFacts } from '@wangge/incidents';
import { systemActor, type Tx } from '@wangge/kernel';
import { staffedDepartments } from '@wangge/staff';
import { type OrderRecord, ordersOf } from '../order.ts';
import type { DeskMember } from '../ruling/desk.ts';
import { returnTo, type ReturnTo } from '../ruling/first-receiver.ts';
import { deskOf } from './leave-to-desk.ts';
import { offerOrders } from './offer-orders.ts';

export interface Returning {
  readonly way: ReturnTo;
  /** Who is told and decides; nobody only where the town has neither dispatcher nor leader. */
  readonly people: readonly DeskMember[];
}

/** @param order as it is before it is returned */
export async function returningOf(tx: Tx, order: OrderRecord, incident: IncidentRecord): Promise<Returning> {
  const staffed = await staffedDepartments(tx);
  const way = returnTo(order, await ordersOf(tx, incident.id), (id) => staffed.has(id));
  const people = await deskOf(tx, incident, order.offeredBy, way.to === 'desk' ? 'desk' : 'leaders');
  return { way, people };
}

const platform = systemActor('dispatch');

/** A second return: the first receiver leads until the leaders say otherwise. */
export async function toFirstReceiver(
  tx: Tx,
  incident: IncidentRecord,
  order: OrderRecord,
  { way }: Returning,
  facts: MoveFacts,
): Promise<void> {
  if (way.to !== 'first-receiver') return;
  const own: MoveFacts = { ...facts, by: platform, actorName: '系统' };
  const offer = { party: { kind: 'department', id: way.departmentId }, required: true } as const;
  const task = `首接负责：再次被退回（${order.partyName}），由首接部门牵头办理，有争议的由领导裁定`;
  const [made] = await offerOrders(tx, incident, [offer], { task }, own);
  if (!made) return;
  await appendHistory(tx, [
    {
      incidentId: incident.id,
      move: 'rule:first-receiver',
      actor: platform,
      actorName: '系统',
      atMs: facts.atMs ?? tx.nowMs,
      orderId: made.id,
      partyName: made.partyName,
    },
  ]);
}
