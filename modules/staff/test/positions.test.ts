import { afterAll, beforeAll, expect, it } from 'vitest';
import { forgetPositions } from '../src/actions/duty.ts';
import { openStaffTown, type StaffTown } from './support.ts';

let town: StaffTown;
beforeAll(async () => {
  town = await openStaffTown();
});
afterAll(() => town.close());

const place = { lon: 118.98, lat: 31.5 };
async function post(login: string, url: string, payload: object) {
  const cookie = await town.signIn(login);
  return town.app.inject({ method: 'POST', url, headers: { cookie, 'x-wangge': '1' }, payload });
}
const held = async () =>
  (
    await town.owner
      .query(`select d.lon, d.lat, d.taken_at from staff_duty d join staff_accounts a on a.id = d.account_id
      where a.login = 'wgy1'`)
  ).rows;

it('a position is taken only on duty, goes with the duty, and is forgotten after thirty days', async () => {
  const share = () => post('wgy1', '/api/me/position', { place, takenAtMs: town.clock.nowMs() });
  await post('wgy1', '/api/me/duty', { onDuty: false });
  expect((await share()).json()).toEqual({ shared: false });
  expect(await held()).toEqual([]);
  await post('wgy1', '/api/me/duty', { onDuty: true });
  expect((await share()).json()).toEqual({ shared: true });
  town.clock.advance(29 * 86_400_000);
  const forget = () => town.rt.system('staff', forgetPositions);
  await forget();
  expect(await held()).toMatchObject([place]);
  town.clock.advance(2 * 86_400_000);
  expect(await forget()).toBeGreaterThan(0);
  expect(await held()).toEqual([{ lon: null, lat: null, taken_at: null }]);
  expect((await share()).json()).toEqual({ shared: true });
  await post('wgy1', '/api/me/duty', { onDuty: false });
  expect(await held()).toEqual([]);
});
