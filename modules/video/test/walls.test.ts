/** Walls on a real database. */
import { newId } from '@wangge/contract-kit';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { WallPlan } from '../src/contract.ts';
import { video } from '../src/index.ts';
import { deleteWall, listWalls, saveWall } from '../src/walls/walls.ts';

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([video]);
});
afterAll(() => town.close());
beforeEach(() => town.owner.query('truncate video_walls'));

const plan: WallPlan = { name: '河道', size: 4, cells: [newId(), null], shared: false, tour: null };
const save = (login: string, id: string, version: number, more: Partial<WallPlan> = {}) =>
  town.rt.tx(town.as(login), (tx) => saveWall(tx, id, version, { ...plan, ...more }));
const list = (login: string) => town.rt.tx(town.as(login), listWalls);
const drop = (login: string, id: string) => town.rt.tx(town.as(login), (tx) => deleteWall(tx, id));

it('is made once, changed by version, and deleted', async () => {
  const id = newId();
  const [one, two] = await Promise.all([save('member', id, 0), save('member', id, 0)]);
  expect(two).toEqual(one);
  expect(one).toMatchObject({ version: 1, own: true, byName: 'member' });
  const tour = { cameraIds: [newId()], dwellS: 10, movingOnly: false };
  expect(await save('member', id, 1, { tour })).toMatchObject({ version: 2, tour });
  await expect(save('member', id, 1)).rejects.toMatchObject({ code: 'stale-edit', details: { current: 2 } });
  await expect(save('member', id, 0)).rejects.toMatchObject({ code: 'stale-edit' });
  await drop('member', id);
  await drop('member', id);
  expect(await list('member')).toEqual([]);
  await expect(save('member', id, 2)).rejects.toMatchObject({ code: 'not-found' });
});
it('is seen by others once it is shared, and changed by nobody else', async () => {
  const id = newId();
  await save('dispatcher', id, 0);
  expect(await list('member')).toEqual([]);
  await expect(save('member', id, 0)).rejects.toMatchObject({ code: 'forbidden' });
  await drop('member', id);
  await save('dispatcher', id, 1, { shared: true });
  const own = await save('member', newId(), 0, { name: '自己的' });
  expect((await list('member')).map((w) => [w.id, w.own])).toEqual([
    [own.id, true],
    [id, false],
  ]);
  for (const login of ['volunteer', 'handler', 'admin']) expect(await list(login)).toEqual([]);
  await expect(save('member', id, 2)).rejects.toMatchObject({ code: 'forbidden' });
  await expect(drop('member', id)).rejects.toMatchObject({ code: 'forbidden' });
});
it('has no more cells than fit', async () => {
  await expect(save('member', newId(), 0, { size: 1 })).rejects.toMatchObject({ field: 'wall.cells' });
});
