/** Cameras entered in a town that stands in for the platform: what is sent, twice, and what a refusal does. */
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, onTestFinished, test } from 'vitest';
import { enterCameras, keyOf, planCameras } from '../src/index.ts';

interface Entry {
  readonly key: string;
  readonly camera: {
    readonly name: string;
    readonly place: { lon: number; lat: number };
    readonly recording: { mode: string };
  };
}

/** Knows one account, two grids, and refuses cameras of one name. */
async function openTown(refusedName = '') {
  const entries: Entry[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', () => {
      const body = parts.length === 0 ? {} : (JSON.parse(Buffer.concat(parts).toString()) as { password?: string });
      const reply = (status: number, answer: unknown) => response.writeHead(status).end(JSON.stringify(answer));
      if (request.headers['x-wangge'] !== '1') return reply(403, { code: 'csrf-failed' });
      if (request.url === '/api/session') {
        if (body.password !== 'wangge-demo') return reply(401, { code: 'wrong-login' });
        response.setHeader('set-cookie', 'session=abc; Path=/; HttpOnly');
        return reply(200, {});
      }
      if (request.headers.cookie !== 'session=abc') return reply(401, { code: 'unauthenticated' });
      if (request.url === '/api/areas') {
        const centre = (lon: number) => ({ lon, lat: 30 });
        const grid = (code: string, lon: number) => ({ code, level: 'grid', center: centre(lon) });
        return reply(200, {
          areas: [{ code: '1', level: 'town', center: centre(0) }, grid('11', 120), grid('12', 121)],
        });
      }
      const entry = body as unknown as Entry;
      if (entry.camera.name === refusedName) return reply(422, { code: 'guard-failed' });
      entries.push(entry);
      return reply(200, entry.camera);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => void server.close());
  return { entries, town: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

const sign = { login: 'diaodu', password: 'wangge-demo' };
const common = { rtspBase: 'rtsp://127.0.0.1:8654', credentials: { user: 'admin', password: 'x' } };

test('all are entered; once more sends the same keys', async () => {
  const { entries, town } = await openTown();
  const plan = planCameras(20);
  for (let round = 0; round < 2; round++) {
    expect(await enterCameras(plan, { town, sign, ...common })).toEqual({ entered: 20, refused: [] });
  }
  expect(entries.slice(0, 20)).toEqual(entries.slice(20));
  expect(new Set(entries.map(({ key }) => key)).size).toBe(20);
  expect(keyOf(plan[0]!)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(entries.slice(0, 20).filter(({ camera }) => camera.recording.mode !== 'off').length).toBe(2);
  // Spread over both grids, and not two on the same spot.
  const spots = entries.slice(0, 20).map(({ camera }) => `${camera.place.lon},${camera.place.lat}`);
  expect(new Set(entries.map(({ camera }) => Math.round(camera.place.lon)))).toEqual(new Set([120, 121]));
  expect(new Set(spots).size).toBeGreaterThan(1);
});

test('one that is refused does not keep the others out', async () => {
  const { entries, town } = await openTown('文化广场');
  const done = await enterCameras(planCameras(5), { town, sign, ...common });
  expect(done.entered).toBe(4);
  expect(done.refused).toMatchObject([{ name: '文化广场' }]);
  expect(entries.length).toBe(4);
});

test('a wrong password and a town that is not there end it', async () => {
  const { town } = await openTown();
  await expect(enterCameras(planCameras(1), { town, sign: { ...sign, password: 'x' }, ...common })).rejects.toThrow(
    /401/,
  );
  await expect(enterCameras(planCameras(1), { town: 'http://127.0.0.1:1', sign, ...common })).rejects.toThrow(
    /does not answer/,
  );
});
