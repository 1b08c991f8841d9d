import { newId } from '@wangge/contract-kit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { reportByAccount } from '../src/actions/report-by-account.ts';
import { findRecord, readIncident } from '../src/index.ts';
import { correctedTime, longestAwayMs, onTheSpotMs } from '../src/phone-time.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
const noonMs = Date.UTC(2026, 10, 2, 4);

describe('the time of a tap out of reach', () => {
  const moment = fc.integer({ min: noonMs - 3 * dayMs, max: noonMs });

  it.each([
    ['right', 0],
    ['a day ahead', dayMs],
    ['a day behind', -dayMs],
    ['in another year', -300 * dayMs],
  ])('is right with a phone whose clock is %s', (_what, wrongByMs) => {
    const atMs = noonMs - 90 * minuteMs;
    const told = { phoneMs: atMs + wrongByMs, clockOffsetMs: -wrongByMs, contactMs: noonMs - 120 * minuteMs };
    expect(correctedTime(told, noonMs)).toEqual({ atMs, byPhone: true });
  });

  it('is that of its arrival when it came at once', () => {
    const told = { phoneMs: noonMs - 2000, clockOffsetMs: 0, contactMs: noonMs - 9000 };
    expect(correctedTime(told, noonMs)).toEqual({ atMs: noonMs, byPhone: false });
  });

  it('lies between contact and arrival, whatever a phone says', () => {
    const any = fc.integer({ min: -(2 ** 45), max: 2 ** 45 });
    fc.assert(
      fc.property(any, any, any, any, (phoneMs, clockOffsetMs, contactMs, notBeforeMs) => {
        const { atMs, byPhone } = correctedTime({ phoneMs, clockOffsetMs, contactMs }, noonMs, notBeforeMs);
        expect(atMs).toBeLessThanOrEqual(noonMs);
        expect(atMs).toBeGreaterThanOrEqual(noonMs - longestAwayMs);
        expect(atMs).toBeGreaterThanOrEqual(Math.min(noonMs, Math.max(contactMs, notBeforeMs)));
        expect(byPhone).toBe(noonMs - atMs > onTheSpotMs);
      }),
    );
  });

  it('is as wrong as the measured offset and no more, while the clock is left alone', () => {
    const wrong = fc.integer({ min: -400 * dayMs, max: 400 * dayMs });
    const measuredWrong = fc.integer({ min: -5000, max: 5000 });
    fc.assert(
      fc.property(moment, moment, wrong, measuredWrong, (a, b, wrongByMs, errorMs) => {
        const [contactMs, trueMs] = a < b ? [a, b] : [b, a];
        const told = { phoneMs: trueMs + wrongByMs, clockOffsetMs: errorMs - wrongByMs, contactMs };
        const { atMs, byPhone } = correctedTime(told, noonMs);
        expect(Math.abs(atMs - trueMs)).toBeLessThanOrEqual(byPhone ? Math.abs(errorMs) : onTheSpotMs + 5000);
      }),
    );
  });

  it('keeps the order of taps', () => {
    fc.assert(
      fc.property(moment, moment, fc.integer({ min: -dayMs, max: dayMs }), (a, b, clockOffsetMs) => {
        const at = (phoneMs: number) =>
          correctedTime({ phoneMs, clockOffsetMs, contactMs: noonMs - dayMs }, noonMs).atMs;
        expect(at(Math.min(a, b))).toBeLessThanOrEqual(at(Math.max(a, b)));
      }),
    );
  });
});

describe('a report made out of reach', () => {
  let town: IncidentTown;
  beforeAll(async () => {
    town = await openIncidentTown();
  });
  afterAll(() => town.close());

  const report = (phone: { phoneMs: number; clockOffsetMs: number; contactMs: number }, clientKey = newId()) =>
    reportByAccount(town.rt, town.as('member'), {
      clientKey,
      categoryCode: 'environment.rubbish',
      description: '山里没有信号',
      areaId: town.grids[0].id,
      photoIds: [],
      selfHandled: false,
      phone,
    });
  const read = (id: string) => town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));

  it('counts from when it was made, says so, and is told on when it arrived', async () => {
    const receivedMs = town.clock.nowMs();
    const atMs = receivedMs - 3 * 60 * minuteMs;
    const phone = { phoneMs: atMs + dayMs, clockOffsetMs: -dayMs, contactMs: atMs - minuteMs };
    const key = newId();
    const { id } = await report(phone, key);
    const incident = await read(id);
    expect(incident.reportedAtMs).toBe(atMs);
    expect(incident.timeline.map((e) => [e.move, e.atMs])).toEqual([
      ['report', atMs],
      ['accept', receivedMs],
      ['register', receivedMs],
    ]);
    expect(incident.timeline[0]?.byPhone).toEqual({ ...phone, receivedMs });
    expect(incident.timeline[1]).not.toHaveProperty('byPhone');
    const record = await town.rt.system('test', (tx) => findRecord(tx, id));
    expect((record.deadlineMs ?? 0) - atMs).toBe((record.handleLimitMin ?? 0) * minuteMs);

    expect(await report(phone, key)).toMatchObject({ id, replayed: true });
    expect((await read(id)).timeline).toHaveLength(3);
  });

  it('that arrives at once keeps nothing of the phone', async () => {
    const receivedMs = town.clock.nowMs();
    const { id } = await report({ phoneMs: 5, clockOffsetMs: receivedMs - 3000, contactMs: receivedMs - 9000 });
    const incident = await read(id);
    expect(incident.reportedAtMs).toBe(receivedMs);
    expect(incident.timeline[0]).not.toHaveProperty('byPhone');
  });
});
