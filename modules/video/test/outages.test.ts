import fc from 'fast-check';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { writeSetting } from '@wangge/kernel';
import { faultsOf, networkMoreThan, networkWithinMs, type Outage, patienceMs } from '../src/health/outages.ts';
import { categorySetting, tellOutages } from '../src/health/tell-outages.ts';
import { video } from '../src/index.ts';
import { makeCamera } from './fixtures.ts';

const minute = 60_000;
const down = (cameraId: string, sinceMs: number, village = 'a'): Outage => ({ cameraId, sinceMs, village });
const many = (n: number, stepMs: number, village = 'a') =>
  Array.from({ length: n }, (_, i) => down(`c${i}`, i * stepMs, village));

describe('the rule', () => {
  it('waits ten minutes for each, and takes no notice of younger ones', () => {
    expect(faultsOf([down('a', 1)], patienceMs)).toEqual([]);
    expect(faultsOf([down('a', 0), down('b', minute)], patienceMs)).toEqual([{ kind: 'camera', outage: down('a', 0) }]);
  });
  it('tells of more than twenty of one village within five minutes as one', () => {
    const all = many(networkMoreThan + 1, networkWithinMs / networkMoreThan);
    expect(faultsOf(all, patienceMs)).toEqual([{ kind: 'network', village: 'a', outages: all }]);
    expect(faultsOf(all.slice(1), patienceMs + networkWithinMs)).toHaveLength(networkMoreThan);
    expect(faultsOf([...many(15, 0), ...many(15, 0, 'b')], patienceMs).every((f) => f.kind === 'camera')).toBe(true);
  });
  it('tells of each outage at most once, of each that is old enough, and of young ones only with a network', () => {
    const some = fc.array(
      fc.record({ sinceMs: fc.integer({ min: 0, max: 20 * minute }), village: fc.constantFrom('a', 'b') }),
      { maxLength: 80 },
    );
    fc.assert(
      fc.property(some, fc.integer({ min: 0, max: 30 * minute }), (list, nowMs) => {
        const outages = list.map((o, i) => ({ ...o, cameraId: `c${i}` }));
        const faults = faultsOf(outages, nowMs);
        const told = faults.flatMap((f) => (f.kind === 'camera' ? [f.outage] : f.outages)).map((o) => o.cameraId);
        expect(new Set(told).size).toBe(told.length);
        const due = outages.filter((o) => o.sinceMs <= nowMs - patienceMs).map((o) => o.cameraId);
        expect(due.every((id) => told.includes(id))).toBe(true);
        for (const fault of faults) {
          const of = fault.kind === 'camera' ? [fault.outage] : fault.outages;
          expect(Math.min(...of.map((o) => o.sinceMs))).toBeLessThanOrEqual(nowMs - patienceMs);
        }
      }),
    );
  });
});

describe('on a real database', () => {
  let town: IncidentTown;
  beforeAll(async () => {
    town = await openIncidentTown([video], { accounts: ['volunteer'] });
  });
  afterAll(() => town.close());
  beforeEach(() => town.owner.query('truncate video_cameras, video_outages cascade'));
  const breakLine = (id: string, link = 'offline') =>
    town.owner.query(
      `insert into video_states (camera_id, link, since, checked_at) values ($1, $2, $3::timestamptz + interval '7 microseconds', $3)
       on conflict (camera_id) do update set link = excluded.link, since = excluded.since`,
      [id, link, new Date(town.clock.nowMs())],
    );
  const incidents = async (): Promise<{ source: string; description: string; lon: number | null }[]> =>
    (
      await town.owner.query<{ source: string; description: string; lon: number | null }>(
        `select i.source, i.description, i.lon from incidents_incidents i
         join video_outages o on o.incident_id = i.id group by i.id order by i.reported_at, i.description`,
      )
    ).rows;

  it('one incident for an outage, however often and wherever it is looked for, and another one for the next', async () => {
    const camera = await makeCamera(town, { name: '桥头' });
    const own = await makeCamera(town, { class: 'household', ownerAccountId: town.as('volunteer').id });
    await breakLine(camera.id);
    await breakLine(own.id);
    town.clock.advance(patienceMs - 1);
    await tellOutages(town.rt);
    expect(await incidents()).toEqual([]);
    town.clock.advance(1 + minute);
    await Promise.all([tellOutages(town.rt), tellOutages(town.rt)]);
    await tellOutages(town.rt);
    const [first, ...rest] = await incidents();
    expect(rest).toEqual([]);
    expect(first).toMatchObject({ source: 'video', lon: camera.place.lon });
    expect(first?.description).toContain('“桥头”自 2026-11-02 09:00 起离线');
    await breakLine(camera.id, 'online');
    town.clock.advance(minute);
    await breakLine(camera.id, 'faulty');
    town.clock.advance(patienceMs);
    await tellOutages(town.rt);
    expect(await incidents()).toHaveLength(2);
  });
  it('one incident of the village for many at once', async () => {
    for (let i = 0; i <= networkMoreThan; i++) await breakLine((await makeCamera(town, { name: `机${i}` })).id);
    town.clock.advance(patienceMs);
    await tellOutages(town.rt);
    await tellOutages(town.rt);
    const told = await incidents();
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ lon: null });
    expect(told[0]?.description).toContain(`有 ${networkMoreThan + 1} 台摄像机几乎同时离线`);
    const { rows } = await town.owner.query('select 1 from video_outages where incident_id is not null');
    expect(rows).toHaveLength(networkMoreThan + 1);
  });
  it('waits while the category is not there', async () => {
    const camera = await makeCamera(town);
    await breakLine(camera.id);
    town.clock.advance(patienceMs);
    const choose = (code: string) => town.rt.system('test', (tx) => writeSetting(tx, categorySetting, code));
    await choose('no.such');
    await tellOutages(town.rt);
    expect(await incidents()).toEqual([]);
    await choose('patrol.facility');
    await tellOutages(town.rt);
    expect(await incidents()).toHaveLength(1);
  });
});
