/** The register on a real database. */
import { type AreaIndex, areaIndex } from '@wangge/areas';
import { newId } from '@wangge/contract-kit';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { followAreas } from '../src/cameras/area-of-camera.ts';
import { listCameras, listPins, listSeeing } from '../src/cameras/list-cameras.ts';
import { pauseCamera } from '../src/cameras/pause-camera.ts';
import { editCamera, retireCamera } from '../src/cameras/save-camera.ts';
import { sourceTargetOf } from '../src/cameras/source-target.ts';
import type { CameraInput } from '../src/contract.ts';
import { video } from '../src/index.ts';
import { auditOf, cameraInput, makeCamera, placeIn, secret } from './fixtures.ts';

const byText = (a: string, b: string): number => (a < b ? -1 : 1);

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([video], { accounts: ['dispatcher', 'volunteer', 'member'] });
});
afterAll(() => town.close());
beforeEach(() => town.owner.query('truncate video_cameras cascade'));

const target = (id: string, variant: 'main' | 'sub' = 'main') =>
  town.rt.system('test', (tx) => sourceTargetOf(tx, id, variant));
const list = (login: string, more: Partial<Parameters<typeof listCameras>[1]> = {}) =>
  town.rt.tx(town.as(login), (tx) => listCameras(tx, { limit: 50, retired: 'without', ...more }));
const edit = (id: string, version: number, more: Partial<CameraInput>, login = 'dispatcher') =>
  town.rt.tx(town.as(login), (tx) => editCamera(tx, id, version, { ...cameraInput, place: placeIn(town, 0), ...more }));
const withoutPassword = { ...cameraInput.source, password: undefined } as unknown as CameraInput['source'];

describe('entering', () => {
  it('makes one camera of the same key, also at once, in the area of its place', async () => {
    const key = newId();
    const [one, two] = await Promise.all([makeCamera(town, { key }), makeCamera(town, { key })]);
    expect(two.id).toBe(one.id);
    expect((await list('dispatcher')).total).toBe(1);
    expect(one).toMatchObject({ version: 1, link: 'unknown', source: { hasPassword: true, user: 'admin' } });
    const { rows } = await town.owner.query<{ area_path: string }>('select area_path from video_cameras');
    expect(rows[0]?.area_path.startsWith(town.grids[0].path)).toBe(true);
    expect(await auditOf(town, 'video.create-camera', one.id)).toHaveLength(1);
  });
  it('refuses a place outside, an unknown owner, a number twice, and who may not', async () => {
    await expect(makeCamera(town, { place: { lon: 100, lat: 31 } })).rejects.toMatchObject({
      code: 'guard-failed',
      details: { guard: 'outside-town' },
    });
    await expect(makeCamera(town, { class: 'household', ownerAccountId: newId() })).rejects.toMatchObject({
      code: 'guard-failed',
      details: { guard: 'owner' },
    });
    await makeCamera(town, { code: 'C1' });
    await expect(makeCamera(town, { code: 'C1' })).rejects.toMatchObject({
      code: 'already-exists',
      field: 'camera.code',
    });
    await expect(makeCamera(town, { as: town.as('head') })).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('a password', () => {
  it('goes in sealed, is opened for the worker alone, stays at an edit without it, and goes when it is emptied', async () => {
    const camera = await makeCamera(town);
    expect(await target(camera.id)).toMatchObject({ password: secret, source: { kind: 'rtsp', user: 'admin' } });
    const { version } = await edit(camera.id, 1, { source: withoutPassword, name: '改名' });
    expect((await target(camera.id)).password).toBe(secret);
    await edit(camera.id, version, { source: { ...cameraInput.source, password: '' } as CameraInput['source'] });
    expect((await target(camera.id)).password).toBeNull();
  });
  it('is lost where the camera is reached in another way', async () => {
    const camera = await makeCamera(town);
    const source = {
      kind: 'onvif',
      host: '10.0.0.9',
      port: 80,
      user: null,
      mainProfile: 'Profile_1',
      subProfile: null,
    } as const;
    expect((await edit(camera.id, 1, { source })).source).toMatchObject({
      hasPassword: false,
      address: '10.0.0.9:80',
      mainProfile: 'Profile_1',
      subProfile: null,
    });
  });
  it('never travels to another host or port without being given again', async () => {
    const camera = await makeCamera(town);
    const at = (mainUrl: string, subUrl: string | null = null, more: object = {}) =>
      edit(camera.id, 1, { source: { kind: 'rtsp', mainUrl, subUrl, user: 'admin', ...more } });
    for (const [mainUrl, subUrl] of [
      ['rtsp://10.6.6.6:554/ch1', null],
      ['rtsp://10.0.0.8:8554/ch1', null],
      ['rtsp://10.0.0.8:554/ch1', 'rtsp://evil.example/ch2'],
    ] as const) {
      await expect(at(mainUrl, subUrl)).rejects.toMatchObject({
        code: 'guard-failed',
        field: 'source.password',
        details: { guard: 'password-needed' },
      });
    }
    expect((await target(camera.id)).source).toMatchObject({ mainUrl: 'rtsp://10.0.0.8:554/ch1' });
    expect((await at('rtsp://10.6.6.6/ch1', null, { password: 'neu' })).version).toBe(2);
    expect((await target(camera.id)).password).toBe('neu');
  });
  it('stays at another path of the same host, and is not asked for where there is none', async () => {
    const camera = await makeCamera(town);
    const source = { kind: 'rtsp', mainUrl: 'rtsp://10.0.0.8/other', subUrl: null, user: 'admin' } as const;
    await edit(camera.id, 1, { source });
    expect((await target(camera.id)).password).toBe(secret);
    const open = await makeCamera(town, { source });
    await edit(open.id, 1, { source: { ...source, mainUrl: 'rtsp://10.6.6.6/ch1' } });
    const onvif = { kind: 'onvif', host: 'cam', port: 80, user: 'a', mainProfile: null, subProfile: null } as const;
    const third = await makeCamera(town, { source: { ...onvif, password: secret } });
    await edit(third.id, 1, { source: { ...onvif, host: 'CAM' } });
    await expect(edit(third.id, 2, { source: { ...onvif, host: 'cam2' } })).rejects.toMatchObject({
      details: { guard: 'password-needed' },
    });
  });
  it('stands in no column, no audit and no event', async () => {
    const camera = await makeCamera(town);
    await edit(camera.id, 1, { name: '新名' });
    for (const table of ['video_cameras', 'kernel_audit', 'kernel_outbox', 'graphile_worker._private_jobs']) {
      const { rows } = await town.owner.query<{ n: number }>(
        `select count(*)::int as n from ${table} t where t::text like $1`,
        [`%${secret}%`],
      );
      expect([table, rows[0]?.n]).toEqual([table, 0]);
    }
    expect((await auditOf(town, 'video.edit-camera', camera.id)).at(-1)?.details).toEqual({
      name: '新名',
      changed: ['name', 'password'],
    });
  });
});

describe('changing', () => {
  it('refuses an old version, also of two at once', async () => {
    const camera = await makeCamera(town);
    const tries = await Promise.allSettled([edit(camera.id, 1, { name: 'A' }), edit(camera.id, 1, { name: 'B' })]);
    expect(tries.map((t) => t.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(edit(camera.id, 1, {})).rejects.toMatchObject({ code: 'stale-edit', details: { current: 2 } });
  });
  it('moves to the area of a new place', async () => {
    const camera = await makeCamera(town);
    expect((await list('neighbour')).total).toBe(0);
    await edit(camera.id, 1, { place: placeIn(town, 1) });
    expect((await list('neighbour')).items.map((c) => c.id)).toEqual([camera.id]);
    expect((await list('member')).total).toBe(0);
  });
  it('retired, it leaves the lists and is not pulled; its number is free', async () => {
    const camera = await makeCamera(town, { code: 'C2' });
    const retire = (version: number, retired: boolean) =>
      town.rt.tx(town.as('dispatcher'), (tx) => retireCamera(tx, camera.id, version, retired));
    await retire(1, true);
    expect((await list('dispatcher')).total).toBe(0);
    expect((await list('dispatcher', { retired: 'only' })).items[0]?.may).toMatchObject({ watch: false, edit: true });
    await expect(target(camera.id)).rejects.toMatchObject({ code: 'not-found' });
    await makeCamera(town, { code: 'C2' });
    await expect(retire(2, false)).rejects.toMatchObject({ code: 'already-exists' });
  });
});

describe('lists', () => {
  it('page by name, count all, filter, and search', async () => {
    for (const [i, name] of ['丙', '甲', '乙', '甲'].entries())
      await makeCamera(town, {
        name,
        code: `N${i}`,
        tags: i === 0 ? ['火'] : [],
        group: i < 2 ? '一组' : '二组',
        duties: { ...cameraInput.duties, filedOn: i === 3 ? '2026-10-20' : null, signSeenOn: '2026-10-20' },
      });
    const all = await list('dispatcher');
    expect(all.total).toBe(4);
    const paged: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await list('dispatcher', { limit: 1, cursor });
      expect(page.total).toBe(4);
      paged.push(...page.items.map((c) => c.id));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(paged).toEqual(all.items.map((c) => c.id));
    const names = async (more: Parameters<typeof list>[1]) =>
      (await list('dispatcher', more)).items.map((c) => c.code ?? '');
    expect(await names({ tag: '火' })).toEqual(['N0']);
    expect((await names({ group: '一组' })).toSorted(byText)).toEqual(['N0', 'N1']);
    expect((await names({ lacking: ['filing'] })).toSorted(byText)).toEqual(['N0', 'N1', 'N2']);
    expect(await names({ lacking: ['sign'] })).toEqual([]);
    expect(await names({ q: 'n2' })).toEqual(['N2']);
    expect(await names({ q: '%' })).toEqual([]);
    expect(await names({ link: ['online'] })).toEqual([]);
    expect((await names({ class: ['public'], areaId: town.grids[0].id })).length).toBe(4);
    expect(await names({ areaId: town.grids[2].id })).toEqual([]);
    await expect(list('dispatcher', { cursor: 'x' })).rejects.toMatchObject({ code: 'invalid-field' });
  });
  it('show each post its own area; administrators keep all and look at none', async () => {
    const here = await makeCamera(town);
    const there = await makeCamera(town, { grid: 2 });
    const seen = async (login: string) => (await list(login)).items.map((c) => c.id).toSorted();
    expect(await seen('member')).toEqual([here.id]);
    expect(await seen('admin')).toEqual([here.id, there.id].toSorted());
    expect(await seen('volunteer')).toEqual([]);
    expect((await list('admin')).items[0]?.may).toMatchObject({ watch: false, edit: true });
    const pins = await town.rt.tx(town.as('member'), listPins);
    expect(pins.map((p) => [p.id, p.link, p.records, p.paused])).toEqual([[here.id, 'unknown', false, false]]);
  });
  it('name those that see a place', async () => {
    const place = placeIn(town, 0);
    const blind = await makeCamera(town, { cone: null });
    const round = await makeCamera(town, { cone: { bearingDeg: 0, angleDeg: 360, distanceM: 500 } });
    const found = await town.rt.tx(town.as('member'), (tx) => listSeeing(tx, place));
    expect(found.map((c) => [c.id, c.sees, c.distanceM])).toEqual([
      [round.id, true, 0],
      [blind.id, false, 0],
    ]);
  });
});

it('cameras follow new borders, and one that lies in no area any more stays with its own', async () => {
  const index = areaIndex(town.rt);
  const [, second] = town.grids;
  const moved = await makeCamera(town);
  const publish = (next: AreaIndex) => town.rt.system('test', (tx) => followAreas(tx, next));
  await publish({ ...index, locate: () => ({ village: null, grid: second, microGrid: null }) });
  expect((await list('neighbour')).items.map((c) => [c.id, c.areaName, c.version])).toEqual([
    [moved.id, second.name, 1],
  ]);
  expect((await list('member')).total).toBe(0);
  await publish({ ...index, locate: () => null });
  expect((await list('neighbour')).total).toBe(1);
  await publish(index);
  expect((await list('member')).total).toBe(1);
});

describe('a household camera', () => {
  it('is paused by its owner and by nobody else, and the pause ends with the owner', async () => {
    const owner = town.as('volunteer');
    const camera = await makeCamera(town, { class: 'household', ownerAccountId: owner.id });
    const pause = (login: string, paused: boolean) =>
      town.rt.tx(town.as(login), (tx) => pauseCamera(tx, camera.id, paused));
    await expect(pause('dispatcher', true)).rejects.toMatchObject({ code: 'forbidden' });
    const first = await pause('volunteer', true);
    town.clock.advance(1000);
    expect(await pause('volunteer', true)).toEqual(first);
    expect((await list('volunteer')).items[0]?.may).toMatchObject({ watch: false, playback: true, pause: true });
    expect((await list('dispatcher')).items[0]?.may).toMatchObject({ watch: false, playback: false, pause: false });
    expect((await list('member')).items[0]?.may).toMatchObject({ watch: false, playback: false });
    const moved = await edit(camera.id, 1, { class: 'household', ownerAccountId: town.as('member').id });
    expect(moved.pausedAtMs).toBeNull();
    expect((await list('volunteer')).total).toBe(0);
  });
});
