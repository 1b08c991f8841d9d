/** May this actor hear of this event? The same test as row-level security, over what the event carries. */
import { type Actor, reachOf } from '../access/actor.ts';
import type { LiveEvent } from './bus.ts';

export function mayHear(actor: Actor, event: LiveEvent): boolean {
  if (event.areaPath === '') return true;
  const reach = reachOf(actor);
  if (reach.system || reach.areaPaths.some((p) => event.areaPath.startsWith(p))) return true;
  if (reach.accountId !== null && event.accountIds.includes(reach.accountId)) return true;
  return reach.departmentIds.some((d) => event.departmentIds.includes(d));
}
