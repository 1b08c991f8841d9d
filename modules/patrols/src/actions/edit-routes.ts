/** Making, changing and ending routes. */
import { areaIndex } from '@wangge/areas';
import { AppError } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import type { PatrolRoute, RoutePlan } from '../contract.ts';
import { possibleWalkers } from '../rounds/walkers.ts';
import { findRoute, insertRoute, insertVersion, lockRoute, markEnded, type RouteRow } from '../store/patrol-routes.ts';
import { callOffOpen, dropUpcoming } from '../store/rounds.ts';
import { showRoute } from './read-routes.ts';

/** The day's rounds are made by a job, which also does so every few minutes. */
const makeTask = 'patrols.make-rounds';

async function checkWalker(tx: Tx, accountId: string | null, areaPath: string): Promise<void> {
  if (accountId === null) return;
  const known = (await possibleWalkers(tx, areaPath)).some((p) => p.accountId === accountId);
  if (!known) throw new AppError('guard-failed', { field: 'accountId', details: { guard: 'walker' } });
}

/**
 * The key is the route's name, so that the same click again finds it.
 *
 * @throws AppError `not-found` (no such area), `forbidden`, `guard-failed` (that person has no post there), `key-reused`
 */
export async function createRoute(
  tx: Tx,
  told: RoutePlan & { readonly clientKey: string; readonly areaId: string },
): Promise<PatrolRoute> {
  const area = areaIndex(tx.rt).get(told.areaId);
  if (!area) throw new AppError('not-found', { field: 'areaId' });
  tx.rt.authorise(tx.actor, 'patrols.edit', { areaPath: area.path });
  await asPlatform(tx, async () => {
    await checkWalker(tx, told.accountId, area.path);
    if (!(await insertRoute(tx, { id: told.clientKey, areaId: area.id, areaPath: area.path }))) {
      const known = await findRoute(tx, told.clientKey);
      if (known.createdBy !== tx.actor.id || known.areaId !== area.id) throw new AppError('key-reused');
      return;
    }
    await insertVersion(tx, told.clientKey, 1, told);
    changed(tx, 'patrols.create-route', { id: told.clientKey, areaPath: area.path }, []);
    tx.addJob(makeTask, {});
  });
  return showRoute(tx, await findRoute(tx, told.clientKey));
}

/**
 * A new version; rounds that have begun stay as they were, those of later today are made anew.
 *
 * @throws AppError `not-found`, `forbidden`, `stale-edit`, `gone` (ended), `guard-failed` (that person has no post there)
 */
export async function changeRoute(
  tx: Tx,
  id: string,
  told: RoutePlan & { readonly version: number },
): Promise<PatrolRoute> {
  await authorised(tx, id);
  await asPlatform(tx, async () => {
    const route = await lockRoute(tx, id);
    if (route.endedMs !== null) throw new AppError('gone');
    if (route.version !== told.version) {
      throw new AppError('stale-edit', { field: 'version', details: { current: route.version } });
    }
    await checkWalker(tx, told.accountId, route.areaPath);
    await insertVersion(tx, id, route.version + 1, told);
    changed(tx, 'patrols.change-route', route, await dropUpcoming(tx, id));
    tx.addJob(makeTask, {});
  });
  return showRoute(tx, await findRoute(tx, id));
}

/** Ending again changes nothing. @throws AppError `not-found`, `forbidden` */
export async function endRoute(tx: Tx, id: string): Promise<PatrolRoute> {
  await authorised(tx, id);
  await asPlatform(tx, async () => {
    const route = await lockRoute(tx, id);
    if (route.endedMs !== null) return;
    await markEnded(tx, id);
    const dropped = await dropUpcoming(tx, id);
    changed(tx, 'patrols.end-route', route, [...dropped, ...(await callOffOpen(tx, id))]);
  });
  return showRoute(tx, await findRoute(tx, id));
}

async function authorised(tx: Tx, id: string): Promise<RouteRow> {
  const route = await findRoute(tx, id);
  tx.rt.authorise(tx.actor, 'patrols.edit', { areaPath: route.areaPath });
  return route;
}

function changed(
  tx: Tx,
  action: string,
  route: { readonly id: string; readonly areaPath: string },
  accountIds: readonly string[],
): void {
  tx.audit({ action, subject: { kind: 'patrol-route', id: route.id } });
  announce(tx, { routeId: route.id, roundId: null, areaPath: route.areaPath }, accountIds);
}
