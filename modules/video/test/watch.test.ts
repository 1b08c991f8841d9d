/** Tickets, stills, looks and their ends on a real database; who may look by role, class and reach over HTTP. */
import { newId, type Role, roleNames } from '@wangge/contract-kit';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { pauseCamera } from '../src/cameras/pause-camera.ts';
import { retireCamera } from '../src/cameras/save-camera.ts';
import type { Camera, CameraClass, Look } from '../src/contract.ts';
import { video } from '../src/index.ts';
import { listLooks } from '../src/watch/list-looks.ts';
import { listStills } from '../src/watch/stills.ts';
import { takeTicket } from '../src/watch/tickets.ts';
import { endSilentViews, endView, touchViews } from '../src/watch/views.ts';
import { watchCamera } from '../src/watch/watch-camera.ts';
import { announceMedia, auditOf, makeCamera, secret } from './fixtures.ts';

let town: IncidentTown;
const seats = new Map<Role, Seat>();
beforeAll(async () => {
  town = await openIncidentTown([video], { accounts: ['dispatcher', 'volunteer', 'member'] });
  const departmentId = town.departments.get('cgd') ?? '';
  for (const role of roleNames) {
    const post = { role, area: town.grids[0], departmentId: role === 'department-handler' ? departmentId : null };
    seats.set(role, await seat(town.rt, [post], role));
  }
});
afterAll(() => town.close());
beforeEach(async () => {
  await town.owner.query('truncate video_cameras, video_nodes cascade');
  await announceMedia(town);
});

const watch = (login: string, id: string, more: { continues?: string } = {}) =>
  town.rt.tx(town.as(login), (tx) => watchCamera(tx, id, { variant: 'sub', ...more }));
const looks = (login: string, more: { cameraId?: string; cursor?: string; limit?: number } = {}) =>
  town.rt.tx(town.as(login), (tx) => listLooks(tx, { limit: 50, ...more }));

describe('a ticket', () => {
  it('leads to the worker of the camera, works once, and leaves an audit entry', async () => {
    const camera = await makeCamera(town);
    const ticket = await watch('member', camera.id);
    expect(ticket).toMatchObject({
      wsUrl: 'ws://media.example:9000/video/ws',
      whepUrl: 'http://media.example:9000/video/whep',
      stillUrl: null,
    });
    const taken = await Promise.all([takeTicket(town.rt, ticket.ticket), takeTicket(town.rt, ticket.ticket)]);
    expect(taken.filter(Boolean)).toEqual([
      { viewId: ticket.viewId, cameraId: camera.id, kind: 'live', variant: 'sub', fromMs: null, toMs: null },
    ]);
    expect((await auditOf(town, 'video.watch', camera.id)).map((a) => [a.subject_id, a.actor_name, a.details])).toEqual(
      [[camera.id, 'member', { viewId: ticket.viewId, name: '村口', class: 'public', variant: 'sub' }]],
    );
  });
  it('is there only while a worker is', async () => {
    const camera = await makeCamera(town);
    town.clock.advance(11_000);
    await expect(watch('member', camera.id)).rejects.toMatchObject({ code: 'unavailable' });
    await announceMedia(town, false);
    expect((await watch('member', camera.id)).whepUrl).toBeNull();
  });
  it('goes on with the own view of the same camera for five minutes, as one look', async () => {
    const camera = await makeCamera(town);
    const other = await makeCamera(town);
    const first = await watch('member', camera.id);
    await takeTicket(town.rt, first.ticket);
    await endView(town.rt, first.viewId);
    town.clock.advance(4 * 60_000);
    await announceMedia(town);
    const again = await watch('member', camera.id, { continues: first.viewId });
    expect(again.viewId).toBe(first.viewId);
    expect(await takeTicket(town.rt, again.ticket)).toMatchObject({ viewId: first.viewId });
    expect(await auditOf(town, 'video.watch', camera.id)).toHaveLength(1);
    for (const [login, id] of [
      ['head', camera.id],
      ['member', other.id],
    ] as const)
      expect((await watch(login, id, { continues: first.viewId })).viewId).not.toBe(first.viewId);
    await endView(town.rt, first.viewId);
    town.clock.advance(6 * 60_000);
    await announceMedia(town);
    expect((await watch('member', camera.id, { continues: first.viewId })).viewId).not.toBe(first.viewId);
  });
  it('is not given during a pause or of a retired camera, and one on its way is worth nothing then', async () => {
    const camera = await makeCamera(town, { class: 'household', ownerAccountId: town.as('volunteer').id });
    const ticket = await watch('dispatcher', camera.id);
    const underWay = await watch('leader', camera.id);
    await takeTicket(town.rt, underWay.ticket);
    expect(await touchViews(town.rt, [underWay.viewId])).toEqual(new Set([underWay.viewId]));
    await town.rt.tx(town.as('volunteer'), (tx) => pauseCamera(tx, camera.id, true));
    expect(await takeTicket(town.rt, ticket.ticket)).toBeNull();
    expect(await touchViews(town.rt, [underWay.viewId])).toEqual(new Set());
    expect(await auditOf(town, 'video.watch-ended', camera.id)).toHaveLength(1);
    for (const login of ['dispatcher', 'volunteer'])
      await expect(watch(login, camera.id)).rejects.toMatchObject({
        code: 'guard-failed',
        details: { guard: 'paused' },
      });
    await town.rt.tx(town.as('dispatcher'), (tx) => retireCamera(tx, camera.id, camera.version, true));
    await expect(watch('dispatcher', camera.id)).rejects.toMatchObject({ code: 'gone' });
  });
});

describe('a look', () => {
  it('ends once, with its length in the audit under the name of who looked', async () => {
    const camera = await makeCamera(town);
    const { viewId, ticket } = await watch('member', camera.id);
    await endView(town.rt, viewId);
    expect(await auditOf(town, 'video.watch-ended', camera.id)).toEqual([]);
    await takeTicket(town.rt, ticket);
    town.clock.advance(42_000);
    await Promise.all([endView(town.rt, viewId), endView(town.rt, viewId)]);
    expect(
      (await auditOf(town, 'video.watch-ended', camera.id)).map((a) => [a.actor_name, a.details['seconds']]),
    ).toEqual([['member', 42]]);
  });
  it('of a worker that was killed ends when it was last seen', async () => {
    const camera = await makeCamera(town);
    const { viewId, ticket } = await watch('member', camera.id);
    await takeTicket(town.rt, ticket);
    town.clock.advance(50_000);
    await touchViews(town.rt, [viewId]);
    town.clock.advance(59_000);
    await endSilentViews(town.rt);
    expect(await auditOf(town, 'video.watch-ended', camera.id)).toEqual([]);
    town.clock.advance(2_000);
    await endSilentViews(town.rt);
    await endSilentViews(town.rt);
    expect((await auditOf(town, 'video.watch-ended', camera.id)).map((a) => a.details['seconds'])).toEqual([50]);
  });
  it('is seen by oneself, by the owner of the camera and by auditors', async () => {
    const own = await makeCamera(town, { class: 'household', ownerAccountId: town.as('volunteer').id });
    const street = await makeCamera(town);
    const seen: string[] = [];
    for (const [login, id] of [
      ['dispatcher', own.id],
      ['dispatcher', street.id],
      ['member', street.id],
    ] as const) {
      const { viewId, ticket } = await watch(login, id);
      await takeTicket(town.rt, ticket);
      seen.unshift(viewId);
      town.clock.advance(1000);
    }
    await watch('member', street.id);
    const ids = async (page: Promise<{ items: Look[] }>) => (await page).items.map((l) => l.viewId);
    expect(await ids(looks('volunteer'))).toEqual([seen[2]]);
    expect(await ids(looks('member'))).toEqual([seen[0]]);
    expect(await ids(looks('admin'))).toEqual([]);
    expect(await ids(looks('dispatcher', { cameraId: street.id }))).toEqual([seen[1]]);
    const auditor = seats.get('audit-admin')?.actor;
    if (!auditor) throw new Error('no auditor');
    const all: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await town.rt.tx(auditor, (tx) => listLooks(tx, { limit: 2, cursor }));
      all.push(...page.items.map((l) => l.viewId));
      cursor = page.nextCursor ?? undefined;
    } while (cursor !== undefined);
    expect(all).toEqual(seen);
  });
});

it('stills come in the order asked, signed, and null for what one may not look at', async () => {
  const here = await makeCamera(town);
  const there = await makeCamera(town, { grid: 2 });
  const dark = await makeCamera(town);
  await town.owner.query(
    `insert into video_states (camera_id, link, since, checked_at, still_at) values ($1, 'online', now(), now(), $2)`,
    [here.id, new Date(town.clock.nowMs())],
  );
  const [a, b, c, d] = await town.rt.tx(town.as('member'), (tx) =>
    listStills(tx, [dark.id, there.id, here.id, newId()]),
  );
  expect([a, b, d]).toEqual([{ cameraId: dark.id, url: null, atMs: null, link: 'unknown' }, null, null]);
  expect(c).toMatchObject({ cameraId: here.id, atMs: town.clock.nowMs(), link: 'online' });
  const url = new URL(c?.url ?? '');
  expect(url.origin + url.pathname).toBe(`http://media.example:9000/video/still/${here.id}`);
  const until = url.searchParams.get('until') ?? '';
  const signature = url.searchParams.get('sig') ?? '';
  expect(Number(until)).toBe(town.clock.nowMs() + 600_000);
  expect(town.rt.keys.verify(signature, 'video.still', here.id, until)).toBe(true);
  expect(town.rt.keys.verify(signature, 'video.still', there.id, until)).toBe(false);
});

const watchers: readonly Role[] = ['grid-head', 'grid-member', 'village-cadre', 'police', 'dispatcher', 'leader'];
const atHome: readonly Role[] = ['police', 'dispatcher', 'leader'];
/** 404 where the camera is not even in the register that one sees. */
function expected(role: Role, of: CameraClass, place: 'own-area' | 'elsewhere' | 'owned'): number {
  if (place === 'owned') return 200;
  if (role === 'system-admin') return 403;
  if (!watchers.includes(role) || place === 'elsewhere') return 404;
  return of !== 'household' || atHome.includes(role) ? 200 : 403;
}

describe.each(roleNames)('%s', (role) => {
  it('may look by class and place, and never learns a password', async () => {
    const as = seats.get(role);
    if (!as) throw new Error('nobody');
    const stranger = town.as('volunteer').id;
    const cells: [CameraClass, 'own-area' | 'elsewhere' | 'owned', Camera][] = [];
    for (const of of ['public', 'restricted', 'household'] as const)
      for (const [place, grid] of [
        ['own-area', 0],
        ['elsewhere', 2],
      ] as const)
        cells.push([
          of,
          place,
          await makeCamera(town, { class: of, grid, ownerAccountId: of === 'household' ? stranger : null }),
        ]);
    cells.push(['household', 'owned', await makeCamera(town, { class: 'household', grid: 2, ownerAccountId: as.id })]);
    const headers = { cookie: as.cookie, 'x-wangge': '1' };
    const answers = [];
    for (const [of, place, camera] of cells) {
      const watched = await town.app.inject({
        method: 'POST',
        url: `/api/video/cameras/${camera.id}/watch`,
        headers,
        payload: {},
      });
      answers.push([of, place, watched.statusCode]);
      for (const url of [`/api/video/cameras/${camera.id}`, '/api/video/cameras', '/api/video/pins']) {
        const { body } = await town.app.inject({ url, headers });
        expect(body).not.toContain(secret);
        expect(body).not.toContain('v1.');
      }
    }
    expect(answers).toEqual(cells.map(([of, place]) => [of, place, expected(role, of, place)]));
  });
});
