/** Two reports of the same thing at the same moment are one incident with two reporters; anything looser stays apart. */
import { newId } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { storePhoto } from '@wangge/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { reportTogether } from '../src/actions/report-together.ts';
import {
  incidentForReceipt,
  moveIncident,
  readIncident,
  receiptToken,
  reportIncident,
  type ReportInput,
} from '../src/index.ts';
import { type IncidentTown, openIncidentTown, smallPhoto } from '../src/testkit.ts';
import { normalised, twinKeys } from '../src/twins.ts';

describe('what was said', () => {
  it.each([
    ['村口路灯不亮！', '村口，路灯不亮'],
    ['ＡＢＣ 路', 'abc路'],
    ['井盖  破损\n', '井盖破损'],
    ['𠮷祥里㐀', '𠮷祥里㐀。'],
  ])('%j is %j', (a, b) => expect(normalised(a)).toBe(normalised(b)));

  it('never runs together by what stays in it', () => {
    const word = fc.stringMatching(/^[a-z0-9路灯井盖]{1,8}$/);
    fc.assert(
      fc.property(word, word, fc.constantFrom(' ', '，', '!', '\n'), (a, b, between) => {
        expect(normalised(`${a}${between}${b}`)).toBe(a + b);
      }),
    );
  });

  it('of another category, or nothing at all, is no twin', () => {
    const said = { categoryCode: 'a', description: '路灯不亮', photoSums: [] };
    expect(twinKeys(said)).not.toEqual(twinKeys({ ...said, categoryCode: 'b' }));
    expect(twinKeys({ ...said, description: '！！' })).toEqual([]);
  });
});

describe('reports at the same place', () => {
  let town: IncidentTown;
  let spot: { lon: number; lat: number };
  let n = 0;
  beforeAll(async () => {
    town = await openIncidentTown();
  });
  afterAll(() => town.close());
  beforeEach(() => {
    const centers = areaIndex(town.rt).children(town.grids[0].id);
    spot = centers[n++ % centers.length]?.center ?? { lon: 0, lat: 0 };
  });
  const input = (more: Partial<ReportInput> = {}): ReportInput => ({
    categoryCode: 'environment.rubbish',
    description: `垃圾满了 ${n}`,
    place: spot,
    ...more,
  });
  /** On a connection of its own, as another process would. */
  const alone = (login: string, more: Partial<ReportInput> = {}) =>
    town.rt.tx(town.as(login), (tx) => reportIncident(tx, `member:${newId()}`, input(more)));
  const read = (id: string) => town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
  const metresNorth = (m: number) => ({ lon: spot.lon, lat: spot.lat + m / 111_195 });

  it('milliseconds apart on two connections become one, and the timeline says so', async () => {
    const made = await Promise.all([alone('member'), alone('head')]);
    expect(made.map(({ state }) => state).toSorted()).toEqual(['merged', 'registered']);
    const [twin, first] = made.toSorted((a, b) => (a.state < b.state ? -1 : 1));
    const incident = await read(first?.id ?? '');
    expect(incident).toMatchObject({ state: 'registered', reporterCount: 2 });
    expect(incident.timeline.at(-1)).toMatchObject({ move: 'merge', actorName: '系统' });
    expect(await read(twin?.id ?? '')).toMatchObject({ state: 'merged', mergedInto: first?.id });
  });

  it('by the dozen, on many connections and together, leave one open', async () => {
    const logins = ['member', 'head', 'cadre', 'volunteer'];
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, i) => {
        const login = logins[i % 4] ?? 'member';
        return i % 2 === 0 ? alone(login) : reportTogether(town.rt, town.as(login), `member:${newId()}`, input());
      }),
    );
    const open = made.filter(({ state }) => state !== 'merged');
    expect(open).toHaveLength(1);
    expect(await read(open[0]?.id ?? '')).toMatchObject({ reporterCount: 12 });
  });

  it('with the same photo and other words are twins', async () => {
    const photo = async (login: string) => (await storePhoto(town.rt, town.as(login), smallPhoto)).fileId;
    const first = await alone('member', { photoIds: [await photo('member')], description: '桶满了' });
    const second = await alone('head', { photoIds: [await photo('head')], description: '没人收垃圾' });
    expect([first.state, second.state]).toEqual(['registered', 'merged']);
  });

  it.each([
    ['21 m away', () => ({ place: metresNorth(21) }), 0],
    ['of other words', () => ({ description: '别的事' }), 0],
    ['of another category', () => ({ categoryCode: 'patrol.lamp' }), 0],
    ['two minutes later', () => ({}), 120_001],
  ])('%s are two', async (_, more, laterMs) => {
    expect((await alone('member')).state).toBe('registered');
    if (laterMs > 0) town.clock.advance(laterMs);
    expect((await alone('head', more())).state).toBe('registered');
  });

  it('19 m away and a moment before the two minutes are over are one', async () => {
    expect((await alone('member')).state).toBe('registered');
    town.clock.advance(119_000);
    expect((await alone('head', { place: metresNorth(19) })).state).toBe('merged');
  });

  it('do not join what was closed in the meantime', async () => {
    const first = await alone('member');
    await town.owner.query(`update incidents_incidents set state = 'closed' where id = $1`, [first.id]);
    expect((await alone('head')).state).toBe('registered');
  });

  it('keep their receipts, and come apart again when a dispatcher says so', async () => {
    const first = await alone('member');
    const twin = await alone('head');
    const receipt = (id: string) =>
      town.rt.system('portal', (tx) => incidentForReceipt(tx, { token: receiptToken(town.rt, id) }));
    expect(await receipt(twin.id)).toMatchObject({ state: 'merged', mergedIntoId: first.id });
    const { version } = await read(twin.id);
    await town.rt.tx(town.as('dispatcher'), (tx) =>
      moveIncident(tx, twin.id, { move: 'unmerge', version, reason: '两处' }),
    );
    expect(await receipt(twin.id)).toMatchObject({ state: 'registered', mergedIntoId: null });
    expect(await read(first.id)).toMatchObject({ reporterCount: 1 });
  });

  it('that are repeated answer as before', async () => {
    const key = `member:${newId()}`;
    await alone('head');
    const send = () => town.rt.tx(town.as('member'), (tx) => reportIncident(tx, key, input()));
    const made = await send();
    expect(made).toMatchObject({ state: 'merged', replayed: false });
    expect(await send()).toMatchObject({ id: made.id, state: 'merged', replayed: true });
  });
});
