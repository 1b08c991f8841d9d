/** Trying many addresses at once, against a worker's door that answers as told. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { retireCamera } from '../src/cameras/save-camera.ts';
import { askTest, readTest } from '../src/cameras/tests/ask-test.ts';
import { forgetTests, runTest } from '../src/cameras/tests/run-test.ts';
import { video } from '../src/index.ts';
import { announceNode } from '../src/media/nodes.ts';
import { makeCamera, secret } from './fixtures.ts';

let town: IncidentTown;
let door: Server;
let asked: { url: string; user: string | null; password: string | null }[] = [];
let running = 0;
let most = 0;
const answer = { link: 'online', reason: null, codec: 'h264', width: 1280, height: 720, tookMs: 5 };
beforeAll(async () => {
  town = await openIncidentTown([video]);
  door = createServer((request, response) => {
    running++;
    most = Math.max(most, running);
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const text = Buffer.concat(chunks).toString();
      const [ms = '', signature = ''] = String(request.headers['x-wangge-inner']).split('.');
      const signed = town.rt.keys.verify(signature, 'video.inner', ms, request.url ?? '', text);
      const target = JSON.parse(text) as (typeof asked)[number];
      asked.push(target);
      setImmediate(() => {
        running--;
        response.writeHead(signed && !target.url.includes('broken') ? 200 : 500).end(JSON.stringify(answer));
      });
    });
  });
  await new Promise<void>((done) => door.listen(0, '127.0.0.1', done));
});
afterAll(async () => {
  await town.close();
  door.close();
});
beforeEach(async () => {
  asked = [];
  most = 0;
  const { port } = door.address() as AddressInfo;
  await announceNode(town.rt, 'media', {
    shard: 0,
    shards: 1,
    publicUrl: 'ws://media.example',
    innerUrl: `http://127.0.0.1:${port}`,
    facts: {},
  });
});
const ask = (cameraIds: string[], addresses: typeof asked, login = 'dispatcher') =>
  town.rt.tx(town.as(login), (tx) => askTest(tx, { cameraIds, addresses }));
const read = (id: string, login = 'dispatcher') => town.rt.tx(town.as(login), (tx) => readTest(tx, id));
const address = (n: number | string) => ({ url: `rtsp://10.0.0.1/${n}`, user: 'u', password: 'geheim' });

it('tries cameras with their own passwords and addresses as given, eight at once, each once', async () => {
  const camera = await makeCamera(town);
  const gb = await makeCamera(town, {
    source: {
      kind: 'gb28181',
      deviceId: '34020000001110000001',
      channelId: '34020000001310000001',
      transport: 'udp',
    },
  });
  const retired = await makeCamera(town);
  await town.rt.tx(town.as('dispatcher'), (tx) => retireCamera(tx, retired.id, 1, true));
  const addresses = Array.from({ length: 30 }, (_, n) => address(n));
  const { id } = await ask([camera.id, gb.id, retired.id], [...addresses, address('broken')]);
  expect(await read(id)).toEqual({ total: 34, done: 0, results: [] });
  const { rows } = await town.owner.query<{ n: number }>(
    `select count(*)::int as n from video_test_items i where i::text like '%geheim%'`,
  );
  expect(rows[0]?.n).toBe(0);
  await runTest(town.rt, id);
  await runTest(town.rt, id);
  expect(asked).toHaveLength(32);
  expect(most).toBeLessThanOrEqual(8);
  expect(asked).toContainEqual({ url: 'rtsp://10.0.0.8:554/ch1', user: 'admin', password: secret });
  const { done, results } = await read(id);
  expect(done).toBe(34);
  expect(results.slice(0, 4)).toMatchObject([
    { of: camera.id, ...answer },
    { of: gb.id, link: 'unknown', reason: 'not-rtsp' },
    { of: retired.id, link: 'unknown', reason: 'retired' },
    { of: 'rtsp://10.0.0.1/0', link: 'online' },
  ]);
  expect(results.at(-1)).toMatchObject({ link: 'unknown', reason: 'no-worker' });
  await expect(read(id, 'leader')).rejects.toMatchObject({ code: 'not-found' });
  town.clock.advance(86_400_001);
  await forgetTests(town.rt);
  await expect(read(id)).rejects.toMatchObject({ code: 'not-found' });
});
it('runs as a job', async () => {
  await town.startJobs();
  const { id } = await ask([], [address('job')]);
  expect(await until(async () => (await read(id)).results[0], 'the job')).toMatchObject({ link: 'online' });
});
it('refuses what is nothing, no address, carries a password or is not seen', async () => {
  await expect(ask([], [])).rejects.toMatchObject({ code: 'invalid-field' });
  for (const url of ['http://10.0.0.1/', 'rtsp://u:p@10.0.0.1/', 'file:///etc/passwd'])
    await expect(ask([], [{ url, user: null, password: null }])).rejects.toMatchObject({ field: 'addresses.0.url' });
  const camera = await makeCamera(town, { grid: 2 });
  await expect(ask([camera.id], [], 'member')).rejects.toMatchObject({ code: 'not-found' });
});
