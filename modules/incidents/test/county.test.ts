/** Up to the county and back down with the answer: the clock, the timeline, and who is told to wait. */
import { newId } from '@wangge/contract-kit';
import { storePhoto } from '@wangge/kernel';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readClocks } from '../src/clocks/actions/read-clocks.ts';
import { enterCountyAnswer, listReferrals, sendToCounty } from '../src/county/refer-to-county.ts';
import { findRecord, moveIncident, readIncident, reportIncident } from '../src/index.ts';
import { type IncidentTown, openIncidentTown, smallPhoto } from '../src/testkit.ts';

const hour = 3_600_000;
let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([], { accounts: ['dispatcher', 'dispatcher2', 'leader', 'member'] });
});
afterAll(() => town.close());

const record = (id: string) => town.rt.system('test', (tx) => findRecord(tx, id));
const send = (id: string, pauses: boolean, login = 'dispatcher', clientKey?: string) =>
  town.rt.tx(town.as(login), (tx) => sendToCounty(tx, id, { asked: '请县水利局协调上游来水', pauses, clientKey }));
const answer = (id: string, more: object = {}) =>
  town.rt.tx(town.as('dispatcher'), (tx) =>
    enterCountyAnswer(tx, id, { answer: '已安排分洪', answeredBy: '王科长', photoIds: [], ...more }),
  );
const list = (id: string, login = 'dispatcher') => town.rt.tx(town.as(login), (tx) => listReferrals(tx, id));

it('stands while the county has it, and comes back with the answer, its paper and a person', async () => {
  const { id } = await town.report();
  const { deadlineMs } = await record(id);
  await send(id, true);
  expect(await record(id)).toMatchObject({ escalated: true, deadlineMs: null });
  expect((await list(id)).may).toEqual({ send: false, answer: true });
  town.clock.advance(30 * hour);
  const photo = await storePhoto(town.rt, town.as('dispatcher'), smallPhoto);
  await answer(id, { documentNo: '县水函〔2026〕12号', documentDay: '2026-11-03', photoIds: [photo.fileId] });
  expect(await record(id)).toMatchObject({ escalated: false, deadlineMs: (deadlineMs ?? 0) + 30 * hour });
  const { referrals, may } = await list(id, 'member');
  expect(may).toEqual({ send: false, answer: false });
  expect(referrals).toMatchObject([
    { asked: '请县水利局协调上游来水', answer: '已安排分洪', answeredBy: '王科长', documentDay: '2026-11-03' },
  ]);
  const { timeline } = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
  const told = timeline.filter((e) => e.move.startsWith('county:'));
  expect(told.map((e) => e.move)).toEqual(['county:send', 'county:answer']);
  expect(told[1]?.reason).toBe('已安排分洪（王科长，县水函〔2026〕12号，2026-11-03）');
  expect(told[1]?.photos).toHaveLength(1);
  const { clocks } = await town.rt.tx(town.as('dispatcher'), (tx) => readClocks(tx, id));
  expect(clocks.find((c) => c.phase === 'handle')?.pauses).toMatchObject([{ why: 'county' }]);
});

it('goes on where the town says that it does, also after a pause for the reporter', async () => {
  const { id } = await town.report();
  const { deadlineMs } = await record(id);
  await send(id, false);
  expect(await record(id)).toMatchObject({ escalated: true, deadlineMs });
  town.clock.advance(hour);
  await answer(id);
  expect(await record(id)).toMatchObject({ escalated: false, deadlineMs });
  // And up again with another question.
  await send(id, true);
  expect((await list(id)).referrals).toHaveLength(2);
});

it('is there once: two at once, the same click twice, and no answer to nothing', async () => {
  const { id } = await town.report();
  await expect(answer(id)).rejects.toMatchObject({ details: { guard: 'with-the-county' } });
  const clientKey = newId();
  await send(id, true, 'dispatcher', clientKey);
  await send(id, true, 'dispatcher', clientKey);
  const both = await Promise.allSettled([send(id, true), send(id, true, 'dispatcher2')]);
  expect(both.map((b) => b.status)).toEqual(['rejected', 'rejected']);
  expect((await list(id)).referrals).toHaveLength(1);
  await expect(send((await town.report()).id, true, 'member')).rejects.toMatchObject({ code: 'forbidden' });
});

it('is taken back by the town, and the clock goes on', async () => {
  const { id } = await town.report();
  const { deadlineMs } = await record(id);
  await send(id, true);
  town.clock.advance(2 * hour);
  const { version } = await record(id);
  await town.rt.tx(town.as('dispatcher'), (tx) =>
    moveIncident(tx, id, { move: 'take-back', version, reason: '镇里已能处理' }),
  );
  expect(await record(id)).toMatchObject({ escalated: false, deadlineMs: (deadlineMs ?? 0) + 2 * hour });
  expect((await list(id)).may).toEqual({ send: true, answer: false });
  await expect(answer(id)).rejects.toMatchObject({ details: { guard: 'with-the-county' } });
});

it('has nothing any more of what was merged, withdrawn or closed meanwhile', async () => {
  const move = (id: string, body: object) =>
    town.rt.tx(town.as('dispatcher'), (tx) =>
      moveIncident(tx, id, { version: 0, ...body } as never, { anyVersion: true }),
    );
  const ended = async (id: string) => {
    const { referrals, may } = await list(id);
    expect(may).toEqual({ send: expect.any(Boolean), answer: false });
    expect(await record(id)).toMatchObject({ escalated: false });
    return referrals.map((r) => [r.endedHow, r.takenBackAtMs]);
  };
  const now = (): number => town.clock.nowMs();

  const [merged, kept] = [await town.report(), await town.report({ description: '同一处' })];
  const { deadlineMs } = await record(merged.id);
  await send(merged.id, true);
  town.clock.advance(hour);
  await move(merged.id, { move: 'merge', targetId: kept.id, reason: '同一件事' });
  expect(await ended(merged.id)).toEqual([['merged', now()]]);
  // By itself again it is the town's, and its clock goes on.
  await move(merged.id, { move: 'unmerge', reason: '其实是两处' });
  expect(await record(merged.id)).toMatchObject({ escalated: false, deadlineMs: (deadlineMs ?? 0) + hour });

  const own = await town.report({ selfHandled: true, categoryCode: 'service.errand' });
  await send(own.id, true);
  await move(own.id, { move: 'close' });
  expect(await ended(own.id)).toEqual([['closed', now()]]);
  const { timeline } = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, own.id));
  expect(timeline.filter((e) => e.move.startsWith('county:')).map((e) => [e.move, e.reason])).toEqual([
    ['county:send', '请县水利局协调上游来水'],
    ['county:end', '事件已结案'],
  ]);

  const { id: asked } = await town.rt.system('portal', (tx) =>
    reportIncident(tx, `resident:${newId()}`, {
      categoryCode: 'environment.rubbish',
      description: '请县里看看',
      areaId: town.grids[0].id,
    }),
  );
  await send(asked, false);
  await town.rt.system('portal', (tx) =>
    moveIncident(
      tx,
      asked,
      { move: 'withdraw', version: 0, reason: '已解决' },
      { hats: ['reporter'], anyVersion: true },
    ),
  );
  expect(await ended(asked)).toEqual([['withdrawn', now()]]);
});
