/** Who is on an incident: seen by others, told when it changes, gone when a page falls silent. */
import { newId } from '@wangge/contract-kit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { forgetPresence } from '../src/actions/presence.ts';
import { presenceBeatMs, presenceMs, type Presence } from '../src/contract.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

let town: IncidentTown;
let one: Seat;
let two: Seat;
let elsewhere: Seat;
beforeAll(async () => {
  town = await openIncidentTown();
  one = await seat(town.rt, [{ role: 'dispatcher', area: town.root }], '一号调度员');
  two = await seat(town.rt, [{ role: 'dispatcher', area: town.root }], '二号调度员');
  elsewhere = await seat(town.rt, [{ role: 'grid-head', area: town.grids[2] }]);
});
afterAll(() => town.close());

const send = (who: Seat, method: 'GET' | 'PUT' | 'POST', path: string, payload?: object) =>
  town.app.inject({
    method,
    url: `/api/incidents/${path}`,
    headers: { 'x-wangge': '1', cookie: who.cookie },
    ...(payload ? { payload } : {}),
  });
const seenBy = async (who: Seat) => (await send(who, 'GET', 'presence')).json<{ present: Presence[] }>().present;
const beat = (who: Seat, id: string, tab: string, doing = 'reading') =>
  send(who, 'PUT', `${id}/presence`, { tab, doing });
const events = async (): Promise<number> => {
  const found = await town.owner.query("select 1 from kernel_outbox where type = 'incidents.presence-changed'");
  return found.rowCount ?? 0;
};

it('others see who is there and what they do; a beat alone says nothing', async () => {
  const { id } = await town.report();
  const [tab, more] = [newId(), newId()];
  const before = await events();
  await beat(two, id, tab);
  await beat(two, id, tab);
  await beat(two, id, more, 'dispatching');
  expect(await events()).toBe(before + 2);
  expect(await seenBy(one)).toMatchObject([
    { incidentId: id, accountId: two.id, name: '二号调度员', doing: 'dispatching' },
  ]);
  expect(await seenBy(two)).toEqual([]);
  expect(await seenBy(elsewhere)).toEqual([]);
  expect((await beat(elsewhere, id, tab)).statusCode).toBe(404);
  await send(two, 'POST', `${id}/presence/leave`, { tab: more });
  expect(await seenBy(one)).toMatchObject([{ doing: 'reading' }]);
  // Nobody leaves in another's name.
  await send(one, 'POST', `${id}/presence/leave`, { tab });
  expect(await seenBy(one)).toHaveLength(1);
  await send(two, 'POST', `${id}/presence/leave`, { tab });
  expect(await seenBy(one)).toEqual([]);
});

it('a page that falls silent is gone, and everybody is told once', async () => {
  const { id } = await town.report();
  const tab = newId();
  await beat(two, id, tab);
  town.clock.advance(presenceBeatMs);
  await beat(two, id, tab);
  town.clock.advance(presenceMs - 1000);
  await forgetPresence(town.rt);
  expect(await seenBy(one)).toHaveLength(1);
  town.clock.advance(1000);
  expect(await seenBy(one)).toEqual([]);
  const before = await events();
  await forgetPresence(town.rt);
  await forgetPresence(town.rt);
  expect(await events()).toBe(before + 1);
  // Back again: it counts from then.
  await beat(two, id, tab);
  expect(await seenBy(one)).toMatchObject([{ sinceMs: town.clock.nowMs() }]);
});
