import { defineRoute } from '@wangge/contract-kit';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { z } from 'zod';
import { call, CallError, setOrigin, uploadPhoto } from '../src/index.ts';

const route = defineRoute({
  method: 'POST',
  path: '/api/things/:id',
  summary: '',
  access: 'session',
  params: z.object({ id: z.string() }),
  body: z.object({ name: z.string() }),
  response: z.object({ name: z.string() }),
});
const ask = { params: { id: 'a/b' }, body: { name: '村' } };

let stop = (): void => undefined;
afterEach(() => stop());

/** A server with one answer for everything, and what it was asked. */
async function serve(answer: (req: IncomingMessage, res: ServerResponse, body: string) => void) {
  const server = createServer((req, res) => {
    const pieces: Buffer[] = [];
    req.on('data', (piece: Buffer) => pieces.push(piece));
    req.on('end', () => answer(req, res, Buffer.concat(pieces).toString('utf8')));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  setOrigin(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
}
const failure = (promise: Promise<unknown>): Promise<CallError> =>
  promise.then(
    () => expect.fail('should fail'),
    (error: unknown) => {
      expect(error).toBeInstanceOf(CallError);
      return error as CallError;
    },
  );

test('a change carries its header, path and JSON, and gives the parsed answer', async () => {
  await serve((req, res, body) => {
    expect(req.url).toBe('/api/things/a%2Fb');
    expect(req.headers['x-wangge']).toBe('1');
    res.end(body);
  });
  expect(await call(route, ask)).toEqual({ name: '村' });
});

test('a refusal becomes a CallError with code, field, details and both sentences', async () => {
  await serve((_, res) => {
    res.statusCode = 409;
    const message = { zh: '改过了', en: 'changed' };
    res.end(
      JSON.stringify({
        error: { code: 'stale-edit', message, field: 'version', details: { current: 7 } },
      }),
    );
  });
  expect(await failure(call(route, ask))).toMatchObject({
    code: 'stale-edit',
    status: 409,
    field: 'version',
    details: { current: 7 },
    text: { zh: '改过了' },
    offline: false,
  });
});

test.each([
  [502, 'unavailable', true],
  [500, 'internal', false],
])('a page of a proxy with %i is told as %s', async (status, code, offline) => {
  await serve((_, res) => {
    res.statusCode = status;
    res.end('<html>');
  });
  expect(await failure(call(route, ask))).toMatchObject({ code, offline, status });
});

test('success that is no JSON (a captive portal) is a network failure', async () => {
  await serve((_, res) => res.end('<html>'));
  expect(await failure(call(route, ask))).toMatchObject({ code: 'unavailable', offline: true });
});

test('no server is a network failure', async () => {
  await serve((_, res) => res.end());
  stop();
  expect(await failure(call(route, ask))).toMatchObject({ code: 'unavailable', offline: true });
});

test("no answer in time is a network failure, the caller's own abort is not", async () => {
  await serve(() => undefined);
  expect(await failure(call(route, ask, { timeoutMs: 20 }))).toMatchObject({ offline: true });
  const abort = new AbortController();
  const pending = call(route, ask, { signal: abort.signal });
  abort.abort();
  await expect(pending).rejects.toMatchObject({ name: 'AbortError' });
});

test('a photo goes as a form', async () => {
  await serve((req, res, body) => {
    expect(req.headers['content-type']).toMatch(/^multipart\/form-data/);
    expect(body).toContain('name="file"; filename="a.jpg"');
    res.end(JSON.stringify({ fileId: '1' }));
  });
  const file = new File([new Uint8Array([1, 2])], 'a.jpg', { type: 'image/jpeg' });
  expect(await uploadPhoto(file)).toEqual({ fileId: '1' });
});

test('what the phone says of a photo stands before it, where the server reads it', async () => {
  await serve((_, res, body) => {
    expect(body.indexOf('name="taken"')).toBeGreaterThan(0);
    expect(body.indexOf('name="taken"')).toBeLessThan(body.indexOf('name="file"'));
    expect(body).toContain('{"how":"camera","atMs":5,"offsetMs":null,"place":null}');
    res.end(JSON.stringify({ fileId: '1' }));
  });
  const taken = { how: 'camera', atMs: 5, offsetMs: null, place: null } as const;
  await uploadPhoto(new Blob(['x']), { taken });
});
