/** Cameras from files. */
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { importColumns, importFields } from '../src/cameras/import/columns.ts';
import { importCameras } from '../src/cameras/import/import-cameras.ts';
import { listCameras } from '../src/cameras/list-cameras.ts';
import { sourceTargetOf } from '../src/cameras/source-target.ts';
import { video } from '../src/index.ts';
import { makeCamera, placeIn, secret } from './fixtures.ts';

let town: IncidentTown;
let keeper: Seat;
beforeAll(async () => {
  town = await openIncidentTown([video]);
  keeper = await seat(town.rt, [{ role: 'dispatcher', area: town.root }]);
});
afterAll(() => town.close());
beforeEach(() => town.owner.query('truncate video_cameras cascade'));

type Line = Partial<Record<keyof typeof importColumns, string>>;
const line = (more: Line = {}): Line => {
  const { lon, lat } = placeIn(town, 0);
  return {
    name: '桥头',
    lon: String(lon),
    lat: String(lat),
    mainUrl: 'rtsp://10.0.0.1/a',
    responsibleBody: '镇政府',
    legalBasis: '条例',
    ...more,
  };
};
function csv(lines: readonly Line[], lang: 'zh' | 'en' = 'zh'): string {
  const fields = importFields.filter((field) => lines.some((one) => one[field] !== undefined));
  const quoted = (cells: string[]) => cells.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(',');
  return [
    quoted(fields.map((field) => importColumns[field][lang])),
    ...lines.map((one) => quoted(fields.map((field) => one[field] ?? ''))),
  ].join('\r\n');
}
const load = (content: string | Buffer, commit = true, login = 'dispatcher') =>
  town.rt.tx(town.as(login), (tx) => importCameras(tx, { content: Buffer.from(content).toString('base64'), commit }));
const all = async () =>
  (await town.rt.tx(town.as('dispatcher'), (tx) => listCameras(tx, { limit: 200, retired: 'with' }))).items;
const counts = (created: number, changed: number, unchanged: number) => ({ created, changed, unchanged, problems: [] });

describe('a file', () => {
  it('tells what it would do, does it, and does nothing the second time', async () => {
    const file = csv([
      line({
        code: 'A1',
        user: 'admin',
        password: 'pw1',
        tags: '水边、路口',
        bearing: '90°',
        angle: '60',
        distance: '80',
      }),
      line({
        name: '村委',
        mainUrl: 'rtsp://root:p%40ss@10.0.0.2/a',
        filedOn: '2026/3/1',
        recording: '全天',
        ptz: '是',
      }),
      line({ name: '路口', mainUrl: '', onvif: 'http://10.0.0.3:8080/onvif/device_service', class: 'Restricted' }),
      line({ name: '国标', mainUrl: '', deviceId: '34020000001110000001', channelId: '34020000001310000001' }),
    ]);
    expect(await load(file, false)).toMatchObject({ rows: 4, ...counts(4, 0, 0) });
    expect(await all()).toEqual([]);
    expect(await load(file)).toMatchObject(counts(4, 0, 0));
    expect(await load(file)).toMatchObject(counts(0, 0, 4));
    const cameras = new Map((await all()).map((camera) => [camera.name, camera]));
    expect(cameras.get('桥头')).toMatchObject({
      code: 'A1',
      tags: ['水边', '路口'],
      cone: { bearingDeg: 90, angleDeg: 60, distanceM: 80 },
      recording: { mode: 'off', floorDays: 30, ceilingDays: 90 },
    });
    const office = cameras.get('村委');
    expect(office).toMatchObject({
      hasPtz: true,
      recording: { mode: 'always' },
      duties: { filedOn: '2026-03-01' },
      source: { address: 'rtsp://10.0.0.2/a', user: 'root', hasPassword: true },
    });
    expect(await town.rt.system('test', (tx) => sourceTargetOf(tx, office?.id ?? '', 'main'))).toMatchObject({
      password: 'p@ss',
    });
    expect(cameras.get('路口')).toMatchObject({ class: 'restricted', source: { address: '10.0.0.3:8080' } });
    expect(cameras.get('国标')).toMatchObject({ source: { transport: 'tcp-passive' } });
  });
  it('changes what it has columns for, and leaves the rest', async () => {
    await makeCamera(town, { code: 'A1', tags: ['旧'], hasPtz: true });
    const moved = { code: 'A1', name: '新名', group: '二组' };
    // At another address the kept password would go to whoever answers there.
    expect((await load(csv([line(moved)]))).problems.map((p) => [p.row, p.column])).toEqual([[2, '密码']]);
    expect(await load(csv([line({ ...moved, password: secret })]))).toMatchObject(counts(0, 1, 0));
    const [camera] = await all();
    expect(camera).toMatchObject({
      name: '新名',
      group: '二组',
      tags: ['旧'],
      hasPtz: true,
      source: { address: 'rtsp://10.0.0.1/a', user: 'admin', hasPassword: true },
    });
  });
  it('with one bad row enters nothing and names row and column', async () => {
    const report = await load(
      csv([
        line(),
        line({ name: '', mainUrl: 'rtsp://10.0.0.2/a' }),
        line({ lon: 'x', mainUrl: 'rtsp://10.0.0.3/a' }),
        line({ lon: '10', mainUrl: 'rtsp://10.0.0.4/a' }),
        line({ mainUrl: 'http://10.0.0.5/a' }),
        line({ mainUrl: '' }),
        line({ filedOn: '昨天', mainUrl: 'rtsp://10.0.0.6/a' }),
        line({ class: '农户自有', mainUrl: 'rtsp://10.0.0.7/a' }),
        line({ bearing: '10', mainUrl: 'rtsp://10.0.0.8/a' }),
        line({ floorDays: '100', mainUrl: 'rtsp://10.0.0.9/a' }),
        line(),
      ]),
    );
    expect(report.problems.map((p) => [p.row, p.column])).toEqual([
      [3, '名称'],
      [4, '经度'],
      [5, '经度'],
      [6, 'RTSP主码流'],
      [7, 'RTSP主码流'],
      [8, '备案日期'],
      [9, '类别'],
      [10, '朝向'],
      [11, '最长保存天数'],
      [12, null],
    ]);
    expect(await all()).toEqual([]);
  });
  it('in GB 18030 or with English headings is read as well', async () => {
    // 名称 in GB 18030; the rest of the headings is ASCII.
    const head = Buffer.concat([
      Buffer.from([0xc3, 0xfb, 0xb3, 0xc6]),
      Buffer.from(',Longitude,Latitude,RTSP main,Responsible body,Legal basis\n'),
    ]);
    const { lon, lat } = placeIn(town, 0);
    expect(await load(Buffer.concat([head, Buffer.from(`a,${lon},${lat},rtsp://10.0.0.1/a,b,c\n`)]))).toMatchObject(
      counts(1, 0, 0),
    );
    expect(await load(csv([line({ mainUrl: 'rtsp://10.0.0.9/a' })], 'en'))).toMatchObject(counts(1, 0, 0));
  });
  it('that cannot be read is refused', async () => {
    for (const bad of ['', 'a,b\n1,2', Buffer.from('PK\u0003\u0004rubbish'), '"a', '名称,名称\n1,2'])
      await expect(load(bad)).rejects.toMatchObject({ code: 'row-invalid' });
    await expect(load(csv([line()]), true, 'member')).rejects.toMatchObject({ code: 'forbidden' });
  });
});

it.each(['csv', 'xlsx'] as const)('the template as %s can be filled in and read', async (format) => {
  const answer = await town.app.inject({
    url: `/api/video/import-template?format=${format}`,
    headers: { cookie: keeper.cookie },
  });
  expect(answer.statusCode).toBe(200);
  const report = await load(answer.rawPayload, false);
  // The example stands in no town.
  expect(report).toMatchObject({ rows: 1, created: 0 });
  expect(report.problems.map((p) => p.column)).toEqual(['经度']);
});
