/** The typed routes are for whoever holds a receipt or stands at a sign: a role adds nothing, and nothing replaces the token. */
import { newId, roleNames } from '@wangge/contract-kit';
import { receiptToken, reportIncident } from '@wangge/incidents';
import { routesIn } from '@wangge/kernel/testkit';
import { seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import * as contract from '../src/contract.ts';
import { openPortalTown, type PortalTown } from './support.ts';

let town: PortalTown;
let token: string;
let number: string;
beforeAll(async () => {
  town = await openPortalTown();
  const made = await town.rt.system('portal', (tx) =>
    reportIncident(tx, `resident:${newId()}`, {
      categoryCode: town.category,
      description: '垃圾桶满了',
      areaId: town.microGrid.id,
    }),
  );
  token = receiptToken(town.rt, made.id);
  number = made.number;
});
afterAll(() => town.close());

const ask = (text: string, cookie?: string) =>
  town.app.inject({ url: `/api/portal/receipts/${text}`, headers: cookie === undefined ? {} : { cookie } });

it('has every route of the contract', () => {
  expect(routesIn(contract)).toEqual(['GET /api/portal/receipts/:token', 'POST /api/portal/suggest']);
});

it('answers the holder of the receipt, and says no more than that something happened', async () => {
  expect((await ask(token)).json()).toEqual({ state: 'reported', updatedAtMs: town.clock.nowMs() });
});

it.each(roleNames)('tells a %s without the token nothing', async (role) => {
  const { cookie } = await seat(town.rt, [{ role, area: town.microGrid }]);
  expect((await ask(token, cookie)).statusCode).toBe(200);
  for (const [wrong, status] of [
    ['a'.repeat(22), 403],
    [token.slice(0, -1), 403],
    [`${token}a`, 403],
    [number, 400],
    ['x', 400],
    ['a'.repeat(65), 400],
  ] as const) {
    expect([wrong, (await ask(wrong, cookie)).statusCode]).toEqual([wrong, status]);
  }
});
