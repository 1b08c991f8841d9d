/** Rounds of today, and of the night that has not ended, out of the routes; running again makes nothing twice. */
import { areaIndex } from '@wangge/areas';
import { categoriesOf } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import { isDue, isOvernight } from '../rules.ts';
import { activeRoutes, type RouteRow } from '../store/patrol-routes.ts';
import { insertRound } from '../store/rounds.ts';
import { dayBefore, minuteOf, today } from './town-day.ts';
import { possibleWalkers, walksByPost } from './walkers.ts';

/**
 * For every route that is due today and whose time is not over: what passed while the platform was down
 * nobody could have known of. Whoever is away today gets none.
 *
 * @returns how many were made
 */
export async function makeRounds(tx: Tx): Promise<number> {
  const day = today(tx);
  const { calendar } = (await categoriesOf(tx)).clocks;
  const isWorking = (each: string): boolean => calendar.segmentsOf(each).length > 0;
  let made = 0;
  for (const route of await activeRoutes(tx)) {
    for (const each of isOvernight(route) ? [dayBefore(day), day] : [day]) {
      if (isDue(route.days, each, isWorking(each))) made += await makeOfRoute(tx, route, each);
    }
  }
  return made;
}

async function makeOfRoute(tx: Tx, route: RouteRow, day: string): Promise<number> {
  const startsAtMs = minuteOf(tx, day, route.fromMin);
  const endsAtMs = minuteOf(tx, day, route.toMin + (isOvernight(route) ? 1440 : 0));
  if (endsAtMs <= Math.max(tx.nowMs, startsAtMs)) return 0;
  const people = (await possibleWalkers(tx, route.areaPath)).filter(
    (p) => !p.onLeave && (route.accountId === null ? walksByPost(p, route.areaPath) : p.accountId === route.accountId),
  );
  const areaName = areaIndex(tx.rt).get(route.areaId)?.name ?? '';
  let made = 0;
  for (const { accountId, name } of people) {
    const id = await insertRound(tx, route, { day, startsAtMs, endsAtMs, areaName }, { id: accountId, name });
    if (id === null) continue;
    made++;
    announce(tx, { routeId: route.id, roundId: id, areaPath: route.areaPath }, [accountId]);
  }
  return made;
}
