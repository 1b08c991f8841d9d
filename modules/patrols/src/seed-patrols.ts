/** Two routes of the demo town, made by a head of a grid as any other. */
import { areaIndex, type AreaNode } from '@wangge/areas';
import type { Actor, Runtime } from '@wangge/kernel';
import { membersFor, type StaffMember } from '@wangge/staff';
import { createRoute } from './actions/edit-routes.ts';
import type { PatrolDays } from './contract.ts';

/** Keys that stay, so that another start finds what the first one made. */
const demoRoutes: readonly { key: string; name: string; days: PatrolDays; fromMin: number; toMin: number }[] = [
  {
    key: '0193b3a0-0000-7000-8000-000000000001',
    name: '日常巡查',
    days: { kind: 'working' },
    fromMin: 8 * 60,
    toMin: 18 * 60,
  },
  {
    key: '0193b3a0-0000-7000-8000-000000000002',
    name: '周末消防通道巡查',
    days: { kind: 'weekdays', weekdays: [6, 7] },
    fromMin: 9 * 60,
    toMin: 20 * 60,
  },
];
const mostStops = 5;

/** In the first grid, by code, that has a head and micro-grids. */
export async function seedPatrols(rt: Runtime): Promise<void> {
  const index = areaIndex(rt);
  const heads = (await rt.system('seed', (tx) => membersFor(tx, index.root()?.path ?? ''))).filter(
    (m) => m.role === 'grid-head',
  );
  const grids = index
    .all()
    .filter((area) => area.level === 'grid')
    .toSorted((a, b) => a.code.localeCompare(b.code));
  for (const grid of grids) {
    const head = heads.find((m) => m.areaId === grid.id);
    const points = stopsOf(index.children(grid.id));
    if (!head || points.length === 0) continue;
    for (const { key, ...plan } of demoRoutes) {
      await rt.tx(actorOf(head), (tx) =>
        createRoute(tx, { ...plan, clientKey: key, areaId: grid.id, accountId: null, points }),
      );
    }
    return;
  }
}

/** One point in each micro-grid. */
function stopsOf(microGrids: readonly AreaNode[]) {
  return microGrids
    .toSorted((a, b) => a.code.localeCompare(b.code))
    .flatMap(({ name, center }) =>
      center
        ? [
            {
              name: `${name}公告栏`,
              place: { lon: center.lon, lat: center.lat },
              radiusM: 60,
              task: '看消防通道和公告栏',
            },
          ]
        : [],
    )
    .slice(0, mostStops);
}

function actorOf({ accountId, name, role, areaId, areaPath, departmentId }: StaffMember): Actor {
  return { kind: 'account', id: accountId, name, posts: [{ role, areaId, areaPath, departmentId }] };
}
