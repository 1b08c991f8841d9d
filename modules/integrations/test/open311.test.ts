import { areaIndex, areas, seedAreas } from '@wangge/areas';
import { demoSeed, generateDemoTown } from '@wangge/geo/town';
import { incidents, seedCategories } from '@wangge/incidents';
import { openTestTown, testActor, type TestTown } from '@wangge/kernel/testkit';
import { notify } from '@wangge/notify';
import { seedStaff, staff } from '@wangge/staff';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createClient, listClients } from '../src/actions/clients.ts';
import { integrations } from '../src/index.ts';

let town: TestTown;
let apiKey: string;
const service = 'environment.rubbish';
const base = '/open311/v2';

beforeAll(async () => {
  town = await openTestTown([areas, staff, notify, incidents, integrations]);
  await seedAreas(town.rt, generateDemoTown(demoSeed));
  await seedStaff(town.rt);
  await seedCategories(town.rt);
  apiKey = (await town.rt.system('test', (tx) => createClient(tx, '测试客户端'))).apiKey;
});
afterAll(() => town.close());

function microGrid() {
  const area = areaIndex(town.rt)
    .all()
    .find((a) => a.level === 'micro-grid');
  if (!area?.center) throw new Error('no micro-grid');
  return { ...area, center: area.center };
}
const get = (path: string, headers: Record<string, string> = {}) =>
  town.app.inject({ url: `${base}/${path}`, headers });
const post = (fields: Record<string, string>, more: { ending?: string; headers?: Record<string, string> } = {}) =>
  town.app.inject({
    method: 'POST',
    url: `${base}/requests${more.ending ?? '.json'}`,
    headers: { 'content-type': 'application/x-www-form-urlencoded', ...more.headers },
    payload: new URLSearchParams(fields).toString(),
  });
function place(): Record<string, string> {
  const { lon, lat } = microGrid().center;
  return { lat: String(lat), long: String(lon) };
}
function xml(text: string): Record<string, never> {
  expect(text.startsWith('<?xml version="1.0" encoding="utf-8"?>')).toBe(true);
  expect(XMLValidator.validate(text)).toBe(true);
  return new XMLParser({
    parseTagValue: false,
    isArray: (name) => ['service', 'request', 'error'].includes(name),
  }).parse(text);
}
/** Of the same words they would be one. */
let count = 0;
async function make(more: Record<string, string> = {}): Promise<string> {
  const answer = await post({
    api_key: apiKey,
    service_code: service,
    description: `垃圾桶满了，第 ${++count} 个`,
    ...place(),
    ...more,
  });
  if (answer.statusCode !== 201) throw new Error(answer.body);
  return answer.json()[0].service_request_id;
}

describe('services', () => {
  it('are the public categories, in both formats', async () => {
    const json = (await get('services.json')).json();
    expect(json.find((s: { service_code: string }) => s.service_code === service)).toEqual({
      service_code: service,
      service_name: expect.any(String),
      description: expect.any(String),
      metadata: false,
      type: 'realtime',
      keywords: expect.any(String),
      group: expect.any(String),
    });
    const answer = await get('services.xml');
    expect(answer.headers['content-type']).toBe('text/xml; charset=utf-8');
    const { services } = xml(answer.body) as unknown as { services: { service: { service_code: string }[] } };
    expect(services.service.map((s) => s.service_code)).toEqual(
      json.map((s: { service_code: string }) => s.service_code),
    );
    const hidden = await town.owner.query('select code from incidents_categories where not public or not active');
    for (const { code } of hidden.rows)
      expect(json.map((s: { service_code: string }) => s.service_code)).not.toContain(code);
  });
  it('without an ending follow what the client accepts', async () => {
    expect((await get('services', { accept: 'text/xml' })).headers['content-type']).toContain('xml');
    expect((await get('services', { accept: '*/*' })).headers['content-type']).toContain('json');
  });
  it('have a definition each', async () => {
    expect((await get(`services/${service}.json`)).json()).toEqual({ service_code: service, attributes: [] });
    const parsed = xml((await get(`services/${service}.xml`)).body) as unknown as {
      service_definition: { service_code: string };
    };
    expect(parsed.service_definition.service_code).toBe(service);
    const unknown = await get('services/nothing.xml');
    expect(unknown.statusCode).toBe(404);
    expect(xml(unknown.body)).toMatchObject({ errors: { error: [{ code: '404', wangge_code: 'not-found' }] } });
  });
  it('are discovered', async () => {
    expect((await get('discovery.json')).json().endpoints[0].url).toBe('https://town.example/open311/v2');
    xml((await get('discovery.xml')).body);
  });
});

describe('a request', () => {
  it('becomes an incident of the kind in the grid, with history', async () => {
    const number = await make({ phone: '138 0000-1234', first_name: '不要存', email: 'a@b.example' });
    const rows = await town.owner.query(
      `select i.source, i.category_code, i.reported_area_id, i.reporter_phone, h.actor_name, h.actor_kind
       from incidents_incidents i join incidents_history h on h.incident_id = i.id where number = $1`,
      [number],
    );
    expect(rows.rows).toEqual([
      {
        source: 'open311',
        category_code: service,
        reported_area_id: microGrid().id,
        // Sealed; the mask that lists show lies beside it.
        reporter_phone: expect.stringMatching(/^v3\.138\*{4}1234\.[\w.-]+$/),
        actor_name: expect.any(String),
        actor_kind: 'client',
      },
    ]);
    const all = await town.owner.query('select row_to_json(i)::text as row from incidents_incidents i');
    for (const { row } of all.rows) expect(row).not.toMatch(/不要存|a@b\.example|00001234/);
  });
  it('answers in XML too', async () => {
    const fields = { api_key: apiKey, service_code: service, description: '用 XML 说', ...place() };
    const answer = await post(fields, { ending: '.xml' });
    expect(answer.statusCode).toBe(201);
    const parsed = xml(answer.body) as unknown as { service_requests: { request: { service_request_id: string }[] } };
    expect(parsed.service_requests.request[0]?.service_request_id).toMatch(/^\d{8}-\d{6}$/);
  });
  it('without coordinates belongs to the named area, or to the town', async () => {
    const town_ = areaIndex(town.rt)
      .all()
      .find((a) => a.level === 'town');
    for (const [fields, areaId] of [
      [{ address_id: microGrid().code }, microGrid().id],
      [{ address_string: '菜市场门口' }, town_?.id],
    ] as const) {
      const answer = await post({ api_key: apiKey, service_code: service, ...fields });
      const found = await town.owner.query('select reported_area_id from incidents_incidents where number = $1', [
        answer.json()[0].service_request_id,
      ]);
      expect(found.rows).toEqual([{ reported_area_id: areaId }]);
    }
  });
  it('sent again with its key is one incident; with other words it is refused; another client may use the key', async () => {
    const fields = { api_key: apiKey, service_code: service, description: '同一件事', ...place() };
    const headers = { 'idempotency-key': 'order-17' };
    const both = await Promise.all([post(fields, { headers }), post(fields, { headers })]);
    expect(new Set(both.map((a) => a.json()[0].service_request_id)).size).toBe(1);
    expect(both.map((a) => a.statusCode).toSorted((a, b) => a - b)).toEqual([200, 201]);
    const other = await post({ ...fields, description: '另一件事' }, { headers });
    expect([other.statusCode, other.json()[0].wangge_code]).toEqual([409, 'key-reused']);
    const second = (await town.rt.system('test', (tx) => createClient(tx, '二'))).apiKey;
    expect((await post({ ...fields, api_key: second }, { headers })).statusCode).toBe(201);
  });
  it.each([
    ['no key', { api_key: '' }, 403, 'wrong-credentials'],
    ['a wrong key', { api_key: `wg_${'A'.repeat(43)}` }, 403, 'wrong-credentials'],
    ['no service', { service_code: '' }, 400, 'invalid-field'],
    ['an unknown service', { service_code: 'nothing' }, 404, 'not-found'],
    ['a heading', { service_code: 'environment' }, 404, 'not-found'],
    ['no place', { lat: '', long: '' }, 400, 'invalid-field'],
    ['half a place', { long: '' }, 400, 'invalid-field'],
    ['a place that is none', { lat: '<b>', long: 'NaN' }, 400, 'invalid-field'],
    ['a place elsewhere', { lat: '48.85', long: '2.35' }, 422, 'place-outside'],
    ['too many words', { description: '长'.repeat(4001) }, 400, 'text-too-long'],
    ['control characters', { description: '空\u0000' }, 400, 'invalid-field'],
    ['a telephone that is none', { phone: 'call me' }, 400, 'invalid-field'],
    ['a link that is none', { media_url: 'javascript:alert(1)' }, 400, 'invalid-field'],
    ['an unknown area', { lat: '', long: '', address_id: '1' }, 400, 'invalid-field'],
  ])('with %s is refused in the shape of the standard', async (_what, fields, status, code) => {
    const all = { api_key: apiKey, service_code: service, description: 'x', ...place(), ...fields };
    const json = await post(all);
    expect([json.statusCode, json.json()]).toEqual([
      status,
      [{ code: status, description: expect.any(String), wangge_code: code }],
    ]);
    const asXml = await post(all, { ending: '.xml' });
    expect(xml(asXml.body)).toMatchObject({ errors: { error: [{ code: String(status), wangge_code: code }] } });
  });
  it('of 200,000 characters or of another type is refused the same way', async () => {
    const long = await post({ api_key: apiKey, service_code: service, description: '长'.repeat(200_000) });
    expect([long.statusCode, long.json()[0].wangge_code]).toEqual([400, 'text-too-long']);
    const other = await town.app.inject({
      method: 'POST',
      url: `${base}/requests.xml`,
      headers: { 'content-type': 'application/msword' },
      payload: 'x',
    });
    expect([other.statusCode, other.headers['content-type']]).toEqual([415, 'text/xml; charset=utf-8']);
    expect((await get('no/such/thing.xml')).statusCode).toBe(404);
  });
});

describe('reading', () => {
  it('shows the kind, the state and the micro-grid, and neither words nor the place itself', async () => {
    const { center, name, code } = microGrid();
    const number = await make({
      description: '我家门口的秘密 <b>',
      address_string: '某某家',
      lat: String(center.lat + 0.00001),
      long: String(center.lon),
    });
    const answer = await get(`requests/${number}.json`);
    expect(answer.headers['access-control-allow-origin']).toBe('*');
    expect(answer.json()).toEqual([
      {
        service_request_id: number,
        status: 'open',
        status_notes: '待受理',
        service_name: expect.any(String),
        service_code: service,
        description: null,
        agency_responsible: expect.any(String),
        service_notice: null,
        requested_datetime: '2026-11-02T01:00:00Z',
        updated_datetime: '2026-11-02T01:00:00Z',
        expected_datetime: expect.stringMatching(/Z$/),
        address: name,
        address_id: code,
        zipcode: null,
        lat: center.lat,
        long: center.lon,
        media_url: null,
      },
    ]);
    const text = (await get(`requests/${number}.xml`)).body;
    xml(text);
    expect(text).not.toMatch(/秘密|某某家/);
  });
  it('hides what is not public', async () => {
    const number = await make();
    await town.owner.query('update incidents_categories set public = false where code = $1', [service]);
    try {
      expect((await get(`requests/${number}.json`)).statusCode).toBe(404);
      expect((await get(`requests.json?service_request_id=${number}`)).json()).toEqual([]);
      expect((await get(`requests.json?service_code=${service}`)).json()).toEqual([]);
      expect((await post({ api_key: apiKey, service_code: service, ...place() })).statusCode).toBe(404);
    } finally {
      await town.owner.query('update incidents_categories set public = true where code = $1', [service]);
    }
  });
  it('filters by number, kind, state and time', async () => {
    const [first, second] = [await make(), await make()];
    const list = async (query: string): Promise<string[]> =>
      (await get(`requests.json?${query}`)).json().map((r: { service_request_id: string }) => r.service_request_id);
    expect(await list(`service_request_id=${first},${second},nothing`)).toEqual([second, first]);
    expect(await list(`service_code=${service}`)).toContain(first);
    expect(await list('service_code=dispute')).toEqual([]);
    expect(await list('status=open')).toContain(first);
    // What was said twice was merged: nothing else has ended.
    expect(await list('status=closed')).not.toContain(first);
    expect(await list('status=open,closed')).toContain(first);
    expect(await list('start_date=2026-11-02T00:00:00Z&end_date=2026-11-02T02:00:00Z')).toContain(first);
    expect(await list('start_date=2026-10-01&end_date=2026-11-01')).toEqual([]);
    for (const query of [
      'status=broken',
      'start_date=yesterday',
      'start_date=2026-01-01&end_date=2026-11-01',
      'status=open&status=closed',
    ]) {
      const bad = await get(`requests.json?${query}`);
      expect([query, bad.statusCode, bad.json()[0].code]).toEqual([query, 400, 400]);
    }
  });
  it('gives the number behind a receipt', async () => {
    const number = await make();
    const { receiptToken } = await import('@wangge/incidents');
    const row = await town.owner.query('select id from incidents_incidents where number = $1', [number]);
    const token = receiptToken(town.rt, row.rows[0].id);
    expect((await get(`tokens/${token}.json`)).json()).toEqual([{ service_request_id: number, token }]);
    xml((await get(`tokens/${token}.xml`)).body);
    expect((await get('tokens/aaaaaaaaaaaaaaaaaaaaaa.json')).statusCode).toBe(404);
  });
});

describe('clients', () => {
  const signIn = async (login: string): Promise<Record<string, string>> => {
    const answer = await town.app.inject({
      method: 'POST',
      url: '/api/session',
      headers: { 'x-wangge': '1' },
      payload: { login, password: 'wangge-demo' },
    });
    return { cookie: `wangge_session=${answer.cookies[0]?.value}`, 'x-wangge': '1' };
  };
  const url = '/api/integrations/clients';

  it('are made, listed and revoked by the system administrator; the key is shown once', async () => {
    const headers = await signIn('admin');
    const made = (await town.app.inject({ method: 'POST', url, headers, payload: { name: '随手拍' } })).json();
    expect(made.apiKey.startsWith(made.client.keyPrefix)).toBe(true);
    const request = { api_key: made.apiKey, service_code: service, ...place() };
    expect((await post(request)).statusCode).toBe(201);
    const list = await town.app.inject({ url, headers });
    expect(list.body).not.toContain(made.apiKey);
    expect(list.json().clients.find((c: { id: string }) => c.id === made.client.id).lastUsedAtMs).toBe(
      town.clock.nowMs(),
    );
    const stored = await town.owner.query('select row_to_json(c)::text as row from integrations_clients c');
    for (const { row } of stored.rows) expect(row).not.toContain(made.apiKey);
    for (let i = 0; i < 2; i++) {
      const gone = await town.app.inject({ method: 'DELETE', url: `${url}/${made.client.id}`, headers });
      expect(gone.json().revokedAtMs).toBe(town.clock.nowMs());
    }
    expect((await post(request)).statusCode).toBe(403);
    const audit = await town.owner.query(
      `select action from kernel_audit where action like 'integrations.%' and subject_id = $1 order by seq`,
      [made.client.id],
    );
    expect(audit.rows.map((r) => r.action)).toEqual(['integrations.create-client', 'integrations.revoke-client']);
  });
  it.each(['diaodu', 'lingdao', 'wgy1', 'cgd1'])('are out of reach for %s', async (login) => {
    const headers = await signIn(login);
    for (const method of ['GET', 'POST'] as const)
      expect(
        (await town.app.inject({ method, url, headers, ...(method === 'POST' ? { payload: { name: 'x' } } : {}) }))
          .statusCode,
      ).toBe(403);
    expect(
      (await town.app.inject({ method: 'DELETE', url: `${url}/01930000-0000-7000-8000-000000000001`, headers }))
        .statusCode,
    ).toBe(403);
    expect((await town.app.inject({ url })).statusCode).toBe(401);
  });
  it('are hidden by the database from all but the system administrator', async () => {
    const root = areaIndex(town.rt).root();
    const seen = (role: 'system-admin' | 'dispatcher') =>
      town.rt.tx(
        testActor([{ role, areaId: root?.id ?? '', areaPath: root?.path ?? '', departmentId: null }]),
        async (tx) => (await listClients(tx)).clients.length,
      );
    expect(await seen('dispatcher')).toBe(0);
    expect(await seen('system-admin')).toBeGreaterThan(0);
  });
});
