/** Whistle and report-in, from asking for it to the departments' figures. */
import { newId } from '@wangge/contract-kit';
import { findRecord, moveIncident, readIncident } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listOrders } from '../src/actions/read-orders.ts';
import { dispatch } from '../src/index.ts';
import { confirmPresence, reportIn } from '../src/whistle/be-present.ts';
import { endWhistle, rateDepartment } from '../src/whistle/end-whistle.ts';
import { readFigures } from '../src/whistle/figures.ts';
import { keepWhistles } from '../src/whistle/keep-whistles.ts';
import { listMyWhistles, listWhistles } from '../src/whistle/read-whistles.ts';
import { askWhistle, decideWhistle, soundWhistle } from '../src/whistle/sound-whistle.ts';

const minute = 60_000;
const place = { lon: 119.5, lat: 31.4 };
/** Some hundred metres north for each thousandth. */
const near = { lon: 119.5, lat: 31.4005, accuracyM: 15 };

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], {
    accounts: ['dispatcher', 'leader', 'member', 'neighbour', 'handler', 'handler2', 'fireman'],
  });
});
afterAll(() => town.close());

const cgd = () => town.departments.get('cgd') ?? '';
const yjb = () => town.departments.get('yjb') ?? '';
const seen = async (login: string, id: string) =>
  (await town.rt.tx(town.as(login), (tx) => listWhistles(tx, id)))[0] ?? fail();
function fail(): never {
  throw new Error('no whistle');
}
async function sounded(limitMin = 30) {
  const { id } = await town.report({ as: town.as('member') });
  const whistle = await town.rt.tx(town.as('dispatcher'), (tx) =>
    soundWhistle(tx, id, { departmentIds: [cgd(), yjb()], limitMin, radiusM: 200, place, task: '现场会商' }),
  );
  return { id, whistle };
}
const timeline = async (id: string) =>
  (await town.rt.system('test', (tx) => readIncident(tx, id))).timeline.filter((e) => e.move.startsWith('whistle:'));
const told = async (login: string, whistle: string) =>
  (
    await town.owner.query<{ template: string }>(
      `select template from notify_messages where account_id = $1 and once_key like $2 order by id`,
      [town.as(login).id, `whistle:${whistle}:%`],
    )
  ).rows.map((r) => r.template);

describe('a whistle', () => {
  it('opens the incident to the departments, and each reports in its own way', async () => {
    const { id, whistle } = await sounded();
    expect((await town.rt.system('test', (tx) => findRecord(tx, id))).state).toBe('registered');
    const orders = await town.rt.tx(town.as('dispatcher'), (tx) => listOrders(tx, id));
    expect(orders.map((o) => `${o.party.id} ${o.required} ${o.task}`).toSorted()).toEqual(
      [cgd(), yjb()].map((d) => `${d} false 现场会商`).toSorted(),
    );
    const [mine] = await town.rt.tx(town.as('fireman'), (tx) => listMyWhistles(tx, false));
    expect(mine).toMatchObject({ id: whistle, may: { reportIn: true, word: false, end: false, decide: false } });

    town.clock.advance(10 * minute);
    await town.rt.tx(town.as('handler'), (tx) => reportIn(tx, whistle, { place: near }));
    town.clock.advance(25 * minute);
    expect((await seen('dispatcher', id)).calls.map((c) => c.presence).toSorted()).toEqual(['late', 'present']);
    await town.rt.tx(town.as('dispatcher'), (tx) =>
      confirmPresence(tx, whistle, { departmentId: yjb(), name: '李队长' }),
    );
    const view = await seen('leader', id);
    expect(view.calls.find((c) => c.departmentId === cgd())).toMatchObject({ presence: 'present', how: 'position' });
    expect(view.calls.find((c) => c.departmentId === cgd())?.distanceM).toBeGreaterThan(40);
    expect(view.calls.find((c) => c.departmentId === yjb())).toMatchObject({
      presence: 'present-late',
      how: 'word',
      presentName: '李队长',
    });
    const rate = (departmentId: string) =>
      town.rt.tx(town.as('dispatcher'), (tx) =>
        rateDepartment(tx, whistle, { departmentId, attitude: 5, speed: 4, result: 3, words: '到得快' }),
      );
    await expect(rate(cgd())).rejects.toMatchObject({ code: 'move-not-allowed' });
    await town.rt.tx(town.as('dispatcher'), (tx) => endWhistle(tx, whistle, {}));
    await rate(cgd());
    await expect(rate(cgd())).rejects.toMatchObject({ details: { guard: 'not-rated-yet' } });
    expect((await timeline(id)).map((e) => e.move)).toEqual([
      'whistle:sound',
      'whistle:report-in',
      'whistle:word',
      'whistle:end',
      'whistle:rate',
    ]);
    const figures = await town.rt.tx(town.as('leader'), (tx) => readFigures(tx, {}));
    expect(figures.find((f) => f.departmentId === cgd())).toMatchObject({
      asked: 1,
      inTime: 1,
      late: 0,
      absent: 0,
      medianMin: 10,
      attitude: 5,
      speed: 4,
      result: 3,
    });
    expect(figures.find((f) => f.departmentId === yjb())).toMatchObject({ asked: 1, inTime: 0, late: 1, rated: 0 });
    // A department sees how it did itself, not how others did.
    const own = await town.rt.tx(town.as('fireman'), (tx) => readFigures(tx, {}));
    expect(own.map((f) => f.departmentId)).toEqual([yjb()]);
  });

  it('is not answered from afar, by a vague position, or for somebody else', async () => {
    const { whistle } = await sounded();
    const from = (where: object, login = 'handler') =>
      town.rt.tx(town.as(login), (tx) => reportIn(tx, whistle, { place: { ...near, ...where } }));
    await expect(from({ lat: 31.41 })).rejects.toMatchObject({ details: { guard: 'near-enough', radiusM: 200 } });
    await expect(from({ accuracyM: 800 })).rejects.toMatchObject({ details: { guard: 'accurate-enough' } });
    await expect(town.rt.tx(town.as('handler'), (tx) => reportIn(tx, whistle, { place }))).rejects.toMatchObject({
      details: { guard: 'accurate-enough' },
    });
    await expect(from({}, 'member')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(from({}, 'neighbour')).rejects.toMatchObject({ code: 'not-found' });
    await expect(
      town.rt.tx(town.as('fireman'), (tx) => confirmPresence(tx, whistle, { departmentId: yjb(), name: '我' })),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('counts a report-in once: sent twice, by two people at once, and the first is kept', async () => {
    const { id, whistle } = await sounded();
    const clientKey = newId();
    const send = () => town.rt.tx(town.as('handler'), (tx) => reportIn(tx, whistle, { place: near, clientKey }));
    await Promise.all([send(), send()]);
    const both = await Promise.allSettled(
      ['handler', 'handler2'].map((login) =>
        town.rt.tx(town.as(login), (tx) => reportIn(tx, whistle, { place: near })),
      ),
    );
    expect(both.map((b) => b.status)).toEqual(['rejected', 'rejected']);
    expect((await timeline(id)).filter((e) => e.move === 'whistle:report-in')).toHaveLength(1);
    expect((await seen('dispatcher', id)).calls.find((c) => c.departmentId === cgd())?.presentName).toBe('handler');
  });

  it('hears of who was there before the end, out of reach; not of who came after it', async () => {
    const { whistle, id } = await sounded();
    const startMs = town.clock.nowMs();
    town.clock.advance(20 * minute);
    await town.rt.tx(town.as('dispatcher'), (tx) => endWhistle(tx, whistle, { reason: '处置完毕' }));
    expect((await timeline(id)).at(-1)?.reason).toContain('未到');
    town.clock.advance(40 * minute);
    const at = (min: number) => ({ phoneMs: startMs + min * minute, clockOffsetMs: 0, contactMs: startMs });
    const send = (login: string, min: number) =>
      town.rt.tx(town.as(login), (tx) => reportIn(tx, whistle, { place: near, phone: at(min) }));
    await expect(send('fireman', 25)).rejects.toMatchObject({ details: { guard: 'before-the-end' } });
    await send('handler', 15);
    const view = await seen('dispatcher', id);
    expect(view.calls.find((c) => c.departmentId === cgd())).toMatchObject({
      presence: 'present',
      presentAtMs: startMs + 15 * minute,
    });
    expect(view.calls.find((c) => c.departmentId === yjb())?.presence).toBe('absent');
  });

  it('is asked for by a member, decided by the town, and ends with its incident', async () => {
    const { id } = await town.report({ as: town.as('member') });
    const ask = (login = 'member') =>
      town.rt.tx(town.as(login), (tx) => askWhistle(tx, id, { reason: '需要多部门到场' }));
    await expect(ask('neighbour')).rejects.toMatchObject({ code: 'not-found' });
    const asked = await ask();
    await expect(ask()).rejects.toMatchObject({ code: 'already-exists' });
    const terms = { granted: true, departmentIds: [cgd()], limitMin: 20, radiusM: 100, place } as const;
    await expect(town.rt.tx(town.as('member'), (tx) => decideWhistle(tx, asked, terms))).rejects.toMatchObject({
      code: 'forbidden',
    });
    await town.rt.tx(town.as('leader'), (tx) => decideWhistle(tx, asked, terms));
    expect(await seen('member', id)).toMatchObject({
      state: 'sounded',
      askedByName: 'member',
      soundedByName: 'leader',
    });
    await expect(
      town.rt.tx(town.as('dispatcher'), (tx) => soundWhistle(tx, id, { ...terms, departmentIds: [cgd()] })),
    ).rejects.toMatchObject({ code: 'already-exists' });
    const other = await town.report({ as: town.as('member') });
    const { version } = await town.rt.system('test', (tx) => findRecord(tx, id));
    await town.rt.tx(town.as('dispatcher'), (tx) =>
      moveIncident(tx, id, { move: 'merge', version, targetId: other.id, reason: '同一件事' }),
    );
    expect(await seen('dispatcher', id)).toMatchObject({ state: 'ended', calls: [{ presence: 'absent' }] });
    const second = await town.rt.tx(town.as('member'), (tx) => askWhistle(tx, other.id, { reason: '还需要' }));
    await town.rt.tx(town.as('dispatcher'), (tx) =>
      decideWhistle(tx, second, { granted: false, reason: '一个部门即可' }),
    );
    expect(await seen('member', other.id)).toMatchObject({ state: 'declined', declinedReason: '一个部门即可' });
  });

  it('does not take another whistle’s name, nor a department that does not exist', async () => {
    const first = await sounded();
    const { id } = await town.report({ as: town.as('member') });
    const sound = (more: object) =>
      town.rt.tx(town.as('dispatcher'), (tx) =>
        soundWhistle(tx, id, { departmentIds: [cgd()], limitMin: 30, radiusM: 200, place, ...more }),
      );
    await expect(sound({ clientKey: first.whistle })).rejects.toMatchObject({ code: 'key-reused' });
    await expect(sound({ departmentIds: [newId()] })).rejects.toMatchObject({ details: { guard: 'departments' } });
    const clientKey = newId();
    expect(await sound({ clientKey })).toBe(clientKey);
    expect(await sound({ clientKey })).toBe(clientKey);
    expect(await town.rt.tx(town.as('dispatcher'), (tx) => listWhistles(tx, id))).toHaveLength(1);
  });
});

describe('the time of a whistle', () => {
  it('runs out once, for who is missing, and everybody is told once', async () => {
    await town.startJobs();
    const { id, whistle } = await sounded(15);
    await until(async () => (await told('fireman', whistle)).length === 1, 'the departments to be told');
    await town.rt.tx(town.as('handler'), (tx) => reportIn(tx, whistle, { place: near }));
    town.clock.advance(15 * minute + 1);
    await Promise.all([keepWhistles(town.rt), keepWhistles(town.rt), keepWhistles(town.rt)]);
    await until(async () => (await told('fireman', whistle)).length === 2, 'who is late to be told');
    await until(async () => (await told('dispatcher', whistle)).length === 1, 'the town to be told');
    expect(await told('handler', whistle)).toEqual(['whistle.sounded']);
    const late = (await timeline(id)).filter((e) => e.move === 'whistle:late');
    expect(late).toHaveLength(1);
    expect(await keepWhistles(town.rt)).toBe(0);
  });
});
