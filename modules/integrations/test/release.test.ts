/** No word and no photo reaches the public until a dispatcher released it, and then only what was released. */
import { newId } from '@wangge/contract-kit';
import { areaIndex, areas, seedAreas } from '@wangge/areas';
import { demoSeed, generateDemoTown } from '@wangge/geo/town';
import { findRecord, incidents, reportIncident, seedCategories } from '@wangge/incidents';
import { type Incident } from '@wangge/incidents/contract';
import { smallPhoto } from '@wangge/incidents/testkit';
import { storePhoto } from '@wangge/kernel';
import { openTestTown, testActor, type TestTown } from '@wangge/kernel/testkit';
import { notify } from '@wangge/notify';
import { seedStaff, staff } from '@wangge/staff';
import { XMLParser } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { integrations } from '../src/index.ts';

let town: TestTown;
let dispatcher: string;
beforeAll(async () => {
  town = await openTestTown([areas, staff, notify, incidents, integrations]);
  await seedAreas(town.rt, generateDemoTown(demoSeed));
  await seedStaff(town.rt);
  await seedCategories(town.rt);
  dispatcher = await signIn('diaodu');
});
afterAll(() => town.close());

async function signIn(login: string): Promise<string> {
  const answer = await town.app.inject({
    method: 'POST',
    url: '/api/session',
    headers: { 'x-wangge': '1' },
    payload: { login, password: 'wangge-demo' },
  });
  return `wangge_session=${answer.cookies[0]?.value}`;
}

async function call(
  cookie: string,
  url: string,
  payload?: object,
): Promise<{ status: number; body: Incident & { error?: object } }> {
  const answer = await town.app.inject({
    method: payload === undefined ? 'GET' : 'POST',
    url: `/api/incidents/${url}`,
    headers: { cookie, 'x-wangge': '1' },
    ...(payload === undefined ? {} : { payload }),
  });
  return { status: answer.statusCode, body: answer.json() };
}

const secret = '张三家（电话 13800001234）门口的灯坏了';
async function report(categoryCode = 'environment.rubbish'): Promise<{ id: string; number: string; photos: string[] }> {
  const area = areaIndex(town.rt)
    .all()
    .find((a) => a.level === 'grid');
  if (!area) throw new Error('no grid');
  const actor = testActor([{ role: 'grid-member', areaId: area.id, areaPath: area.path, departmentId: null }]);
  const photos = [await storePhoto(town.rt, actor, smallPhoto), await storePhoto(town.rt, actor, smallPhoto)];
  const photoIds = photos.map((p) => p.fileId);
  const made = await town.rt.tx(actor, (tx) =>
    reportIncident(tx, `member:${newId()}`, { categoryCode, description: secret, areaId: area.id, photoIds }),
  );
  return { ...made, photos: photoIds };
}

/** As everybody reads it, in both formats; they must say the same. */
async function publicly(number: string): Promise<{ description: string | null; media: string | null }> {
  const read = (ending: string) => town.app.inject({ url: `/open311/v2/requests/${number}.${ending}` });
  const [json, xml] = [await read('json'), await read('xml')];
  for (const { body } of [json, xml]) expect(body).not.toMatch(/张三|13800001234/);
  const entry = json.json()[0] as { description: string | null; media_url: string | null };
  const parsed = new XMLParser({ parseTagValue: false }).parse(xml.body) as {
    service_requests: { request: { description: string; media_url: string } };
  };
  const { request } = parsed.service_requests;
  expect([request.description, request.media_url]).toEqual([entry.description ?? '', entry.media_url ?? '']);
  return { description: entry.description, media: entry.media_url };
}

describe('a release', () => {
  it('shows the text and the photos that were chosen, in this order, until it is taken back', async () => {
    const { id, number, photos } = await report();
    expect(await publicly(number)).toEqual({ description: null, media: null });
    const before = (await call(dispatcher, id)).body;
    expect(before.release).toEqual({
      released: false,
      publicText: null,
      photoIds: [],
      atMs: null,
      byName: null,
      may: true,
    });

    const chosen = [photos[1]];
    const body = {
      clientKey: newId(),
      version: before.version,
      released: true,
      publicText: '路灯 <坏> & 待修',
      photoIds: chosen,
    };
    const done = await call(dispatcher, `${id}/release`, body);
    expect(done.status).toBe(200);
    expect(done.body.release).toMatchObject({
      released: true,
      publicText: '路灯 <坏> & 待修',
      photoIds: chosen,
      byName: '一号调度员',
    });
    expect(done.body.timeline.at(-1)).toMatchObject({ move: 'release', actorName: '一号调度员', reason: null });
    const shown = await publicly(number);
    expect(shown.description).toBe('路灯 <坏> & 待修');
    expect(shown.media).toContain(`https://town.example/files/${photos[1]}/full?`);
    const file = await town.app.inject({ url: shown.media?.slice('https://town.example'.length) ?? '' });
    expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'image/jpeg']);

    // Sent again it is the same; an edit from an older page is not.
    const again = await call(dispatcher, `${id}/release`, body);
    expect([again.status, again.body.version]).toEqual([200, done.body.version]);
    const stale = await call(dispatcher, `${id}/release`, { ...body, clientKey: newId() });
    expect([stale.status, stale.body.error]).toMatchObject([409, { code: 'stale-edit' }]);

    const back = await call(dispatcher, `${id}/release`, {
      clientKey: newId(),
      version: done.body.version,
      released: false,
    });
    expect(back.body.release).toMatchObject({ released: false, publicText: null, photoIds: [] });
    expect(await publicly(number)).toEqual({ description: null, media: null });
    expect(back.body.description).toBe(secret);
    const audit = await town.owner.query(
      'select action, actor_name, details from kernel_audit where subject_id = $1 order by seq',
      [id],
    );
    expect(audit.rows).toEqual([
      {
        action: 'incidents.release',
        actor_name: '一号调度员',
        details: { textLength: '路灯 <坏> & 待修'.length, photoIds: chosen },
      },
      { action: 'incidents.take-from-public', actor_name: '一号调度员', details: { textLength: 0, photoIds: [] } },
    ]);
  });

  it('is for dispatchers, and for incidents of public categories', async () => {
    const { id } = await report();
    const { version } = await town.rt.system('test', (tx) => findRecord(tx, id));
    const body = { clientKey: newId(), version, released: true, publicText: '公开' };
    for (const login of ['lingdao', 'admin', 'wgz1', 'wgy1', 'cgd1']) {
      const cookie = await signIn(login);
      expect([login, (await call(cookie, `${id}/release`, body)).status]).toEqual([login, 403]);
    }
    expect((await call(await signIn('lingdao'), id)).body.release.may).toBe(false);
    const hidden = await town.owner.query<{ code: string }>(
      'select code from incidents_categories where not public and parent_code is not null limit 1',
    );
    const other = await report(hidden.rows[0]?.code);
    const read = (await call(dispatcher, other.id)).body;
    expect(read.release.may).toBe(false);
    const refused = await call(dispatcher, `${other.id}/release`, {
      ...body,
      clientKey: newId(),
      version: read.version,
    });
    expect([refused.status, refused.body.error]).toMatchObject([
      409,
      { code: 'guard-failed', details: { guard: 'public-category' } },
    ]);
  });

  it('of nothing, of too much, or of other incidents’ photos is refused', async () => {
    const [mine, other] = [await report(), await report()];
    const { version } = await town.rt.system('test', (tx) => findRecord(tx, mine.id));
    const release = (more: object) =>
      call(dispatcher, `${mine.id}/release`, { clientKey: newId(), version, released: true, ...more });
    for (const [more, status, code, field] of [
      [{}, 400, 'invalid-field', 'publicText'],
      [{ publicText: ' ' }, 400, 'invalid-field', 'publicText'],
      [{ publicText: '长'.repeat(4001) }, 400, 'text-too-long', 'publicText'],
      [{ photoIds: [other.photos[0]] }, 404, 'not-found', 'photoIds'],
      [{ photoIds: [newId()] }, 404, 'not-found', 'photoIds'],
    ] as const) {
      const answer = await release(more);
      expect([answer.status, answer.body.error]).toMatchObject([status, { code, field }]);
    }
    expect(await publicly(mine.number)).toEqual({ description: null, media: null });
  });

  it('made by two dispatchers at once is one of theirs, whole', async () => {
    const { id, number } = await report();
    const { version } = await town.rt.system('test', (tx) => findRecord(tx, id));
    const answers = await Promise.all(
      ['甲', '乙'].map((publicText) =>
        call(dispatcher, `${id}/release`, { clientKey: newId(), version, released: true, publicText }),
      ),
    );
    expect(answers.map((a) => a.status).toSorted((a, b) => a - b)).toEqual([200, 409]);
    const winner = answers.find((a) => a.status === 200);
    expect((await publicly(number)).description).toBe(winner?.body.release.publicText);
  });
});
