/** Routes as the pages show them. */
import { areaIndex } from '@wangge/areas';
import { AppError, type Role } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import type { Tx } from '@wangge/kernel';
import { accountNames } from '@wangge/staff';
import type { PatrolRoute } from '../contract.ts';
import { possibleWalkers, walksByPost } from '../rounds/walkers.ts';
import { type RouteRow, routesOf } from '../store/patrol-routes.ts';

async function showRoutes(tx: Tx, rows: readonly RouteRow[]): Promise<PatrolRoute[]> {
  const names = await accountNames(
    tx,
    rows.flatMap((r) => (r.accountId === null ? [] : [r.accountId])),
  );
  const index = areaIndex(tx.rt);
  return rows.map((r) => ({
    id: r.id,
    version: r.version,
    areaId: r.areaId,
    areaName: index.get(r.areaId)?.name ?? '',
    name: r.name,
    days: r.days,
    fromMin: r.fromMin,
    toMin: r.toMin,
    accountId: r.accountId,
    accountName: r.accountId === null ? null : (names.get(r.accountId) ?? ''),
    points: [...r.points],
    changedAtMs: r.changedMs,
    changedByName: r.changedByName,
    endedAtMs: r.endedMs,
  }));
}
export async function showRoute(tx: Tx, row: RouteRow): Promise<PatrolRoute> {
  const [route] = await showRoutes(tx, [row]);
  if (!route) throw new AppError('not-found');
  return route;
}

/** Those of the areas where the caller's post gives the right to them. */
export async function listRoutes(tx: Tx, ended: boolean): Promise<PatrolRoute[]> {
  const rows = await routesOf(tx, ended);
  return showRoutes(
    tx,
    rows.filter((r) => tx.rt.can(tx.actor, 'patrols.read', { areaPath: r.areaPath })),
  );
}

/** @throws AppError `not-found` (no such area), `forbidden` */
export async function listWalkersOf(
  tx: Tx,
  areaId: string,
): Promise<{ accountId: string; name: string; role: Role; areaName: string; ofArea: boolean }[]> {
  const area = areaIndex(tx.rt).get(areaId);
  if (!area) throw new AppError('not-found', { field: 'areaId' });
  tx.rt.authorise(tx.actor, 'patrols.edit', { areaPath: area.path });
  const people = await asPlatform(tx, () => possibleWalkers(tx, area.path));
  return people.map((p) => ({
    accountId: p.accountId,
    name: p.name,
    role: p.role,
    areaName: p.areaName,
    ofArea: walksByPost(p, area.path),
  }));
}
