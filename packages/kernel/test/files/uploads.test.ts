import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { newId } from '@wangge/contract-kit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UploadedFile } from '../../src/contract.ts';
import { maxPartBytes, maxUploadBytes } from '../../src/contract.ts';
import { sweepFiles } from '../../src/files/sweep.ts';
import { sweepUploads } from '../../src/files/uploads.ts';
import { claimPhotos } from '../../src/index.ts';
import { openTestTown, testActor, type TestTown, until } from '../../src/testkit/index.ts';
import { photo, pngBomb } from '../support/photos.ts';
import { signedIn } from '../support/signed-in.ts';

const sessions = signedIn();
const member = testActor([]);
const other = testActor([]);
let town: TestTown;
let port: number;
beforeAll(async () => {
  town = await openTestTown([sessions.module]);
  await town.app.listen({ host: '127.0.0.1', port: 0 });
  port = (town.app.server.address() as { port: number }).port;
});
afterAll(() => town.close());

interface Begun {
  offset: number;
  file: UploadedFile | null;
}
const sha256 = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const told = (bytes: Buffer, more: object = {}) => ({
  id: newId(),
  sizeBytes: bytes.length,
  sha256: sha256(bytes),
  type: 'image/jpeg',
  ...more,
});

async function ask(body: object, by = member) {
  return town.app.inject({ method: 'POST', url: '/api/uploads', headers: sessions.as(by), payload: body });
}
async function begun(body: object): Promise<Begun> {
  const answer = await ask(body);
  expect(answer.statusCode).toBe(200);
  return answer.json();
}
async function put(id: string, offset: number | string, bytes: Buffer, by = member) {
  const answer = await town.app.inject({
    method: 'PUT',
    url: `/api/uploads/${id}/parts?offset=${offset}`,
    headers: { ...sessions.as(by), 'content-type': 'application/octet-stream' },
    payload: bytes,
  });
  return { status: answer.statusCode, body: answer.json<{ offset?: number; error?: { code: string } }>() };
}
const finish = (id: string, by = member) =>
  town.app.inject({ method: 'POST', url: `/api/uploads/${id}/finish`, headers: sessions.as(by) });
async function finished(id: string): Promise<UploadedFile> {
  const answer = await finish(id);
  expect(answer.statusCode).toBe(200);
  return answer.json();
}

/** A part of which only the first bytes reach the server before the link breaks. */
async function cut(id: string, offset: number, part: Buffer, afterBytes: number): Promise<void> {
  const accepted = new Promise<Socket>((done) => town.app.server.once('connection', done));
  const socket = connect(port, '127.0.0.1');
  const headers = Object.entries({
    ...sessions.as(member),
    host: `127.0.0.1:${port}`,
    'content-type': 'application/octet-stream',
    'content-length': String(part.length),
  });
  const lines = [
    `PUT /api/uploads/${id}/parts?offset=${offset} HTTP/1.1`,
    ...headers.map(([name, value]) => `${name}: ${value}`),
  ];
  const sent = Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`), part.subarray(0, afterBytes)]);
  socket.write(sent);
  const theirs = await accepted;
  await until(() => theirs.bytesRead === sent.length, 'the bytes to arrive');
  const gone = new Promise<void>((done) => theirs.once('close', () => done()));
  socket.destroy();
  await gone;
}
const offsetOf = async (body: object): Promise<number> => (await begun(body)).offset;

describe('a photo in parts', () => {
  it('becomes what it would have become in one piece, and beginning or finishing twice changes nothing', async () => {
    const bytes = await photo(1200, 800, { gps: true });
    const upload = told(bytes);
    expect(await begun(upload)).toEqual({ offset: 0, file: null });
    const middle = Math.floor(bytes.length / 2);
    expect(await put(upload.id, 0, bytes.subarray(0, middle))).toEqual({ status: 200, body: { offset: middle } });
    expect(await offsetOf(upload)).toBe(middle);
    expect((await put(upload.id, middle, bytes.subarray(middle))).body.offset).toBe(bytes.length);
    const file = await finished(upload.id);
    expect([file.width, file.height]).toEqual([1200, 800]);
    expect(file.place?.lon).toBeCloseTo(120.5, 6);
    expect(await finished(upload.id)).toEqual(file);
    expect(await begun(upload)).toEqual({ offset: bytes.length, file });
    await town.rt.tx(member, (tx) => claimPhotos(tx, [file.fileId], { kind: 'incident', id: newId() }));
    const rows = await town.owner.query('select parts from kernel_uploads where id = $1', [upload.id]);
    expect(rows.rows).toEqual([{ parts: [] }]);
  });

  it('keeps what its phone said when it began, whatever is said later', async () => {
    const bytes = await photo(200, 100);
    const taken = { how: 'gallery', atMs: 1_790_000_000_000, offsetMs: null, place: null };
    const upload = told(bytes, { taken });
    await begun(upload);
    await put(upload.id, 0, bytes);
    await begun({ ...upload, taken: { ...taken, how: 'camera' } });
    const { fileId } = await finished(upload.id);
    const rows = await town.owner.query('select taken from kernel_files where id = $1', [fileId]);
    expect(rows.rows).toEqual([{ taken }]);
    const bad = await ask(told(bytes, { taken: { ...taken, how: 'drawn' } }));
    expect([bad.statusCode, bad.json()]).toMatchObject([400, { error: { field: 'taken.how' } }]);
  });

  it('finished twice at once is one photo', async () => {
    const bytes = await photo(400, 300);
    const upload = told(bytes);
    await begun(upload);
    await put(upload.id, 0, bytes);
    const answers = await Promise.all([finished(upload.id), finished(upload.id), finished(upload.id)]);
    expect(new Set(answers.map(({ fileId }) => fileId)).size).toBe(1);
  });

  it.each([
    ['the first byte of the first part', 0, 1],
    ['nothing of the first part', 0, 0],
    ['all but the last byte of the first part', 0, -1],
    ['the middle of a middle part', 1, 777],
    ['the first byte of the last part', 2, 1],
    ['all but the last byte of the last part', 2, -1],
  ])('cut after %s goes on from what arrived', async (_what, nth, after) => {
    const bytes = await photo(900, 700);
    const third = Math.ceil(bytes.length / 3);
    const upload = told(bytes);
    await begun(upload);
    for (let n = 0; n < nth; n++) await put(upload.id, n * third, bytes.subarray(n * third, (n + 1) * third));
    const part = bytes.subarray(nth * third, (nth + 1) * third);
    const arrived = after < 0 ? part.length + after : after;
    await cut(upload.id, nth * third, part, arrived);
    await until(async () => (await offsetOf(upload)) === nth * third + arrived, 'the bytes that arrived to count');
    const offset = await offsetOf(upload);
    expect((await put(upload.id, offset, bytes.subarray(offset))).body.offset).toBe(bytes.length);
    expect((await finished(upload.id)).width).toBe(900);
  });

  it('takes a part once: sent again, at once on two links, or beyond a gap', async () => {
    const bytes = await photo(500, 400);
    const upload = told(bytes);
    await begun(upload);
    const part = bytes.subarray(0, 1000);
    const both = await Promise.all([put(upload.id, 0, part), put(upload.id, 0, part)]);
    expect(both.map(({ body }) => body.offset)).toEqual([1000, 1000]);
    expect((await put(upload.id, 0, part)).body).toEqual({ offset: 1000 });
    expect((await put(upload.id, 400, part)).body).toEqual({ offset: 1000 });
    expect(await put(upload.id, 1001, part)).toMatchObject({
      status: 409,
      body: { error: { code: 'conflict', details: { offset: 1000 } } },
    });
    expect((await finish(upload.id)).json()).toMatchObject({ error: { code: 'conflict', details: { offset: 1000 } } });
    await put(upload.id, 1000, bytes.subarray(1000));
    await finished(upload.id);
  });

  it('whose bytes are not what was announced begins anew', async () => {
    const bytes = await photo(300, 300);
    const upload = told(bytes);
    await begun(upload);
    await put(upload.id, 0, randomBytes(bytes.length));
    expect((await finish(upload.id)).json()).toMatchObject({ error: { code: 'conflict', details: { offset: 0 } } });
    expect(await offsetOf(upload)).toBe(0);
    await put(upload.id, 0, bytes);
    await finished(upload.id);
  });

  it('begins anew when a part is gone from the disk', async () => {
    const bytes = await photo(300, 200);
    const upload = told(bytes);
    await begun(upload);
    await put(upload.id, 0, bytes);
    const { rows } = await town.owner.query<{ parts: string[] }>('select parts from kernel_uploads where id = $1', [
      upload.id,
    ]);
    for (const key of rows[0]?.parts ?? []) await town.rt.files.remove(key);
    expect((await finish(upload.id)).statusCode).toBe(409);
    expect(await offsetOf(upload)).toBe(0);
  });
});

describe('is refused', () => {
  it.each([
    ['a text', () => Buffer.from('Not a photo at all. '.repeat(50)), 415, 'not-an-image'],
    ['half a photo', async () => (await photo(800, 600)).subarray(0, 900), 415, 'not-an-image'],
    ['a decompression bomb', () => pngBomb(30_000), 413, 'image-too-large'],
  ])('%s, once its bytes are there', async (_what, make, status, code) => {
    const bytes = await make();
    const upload = told(bytes);
    await begun(upload);
    await put(upload.id, 0, bytes);
    const answer = await finish(upload.id);
    expect([answer.statusCode, answer.json()]).toMatchObject([status, { error: { code } }]);
  });

  it('30 MB, no size, no hash, or another type than a picture: before any byte', async () => {
    const bytes = await photo(64, 64);
    const faults = [
      { sizeBytes: 30 * 1024 * 1024 },
      { sizeBytes: 0 },
      { sha256: 'x' },
      { type: 'text/html' },
      { id: 'no' },
    ];
    for (const fault of faults) {
      expect((await ask(told(bytes, fault))).json()).toMatchObject({
        error: { code: 'invalid-field', field: Object.keys(fault)[0] },
      });
    }
    expect(maxUploadBytes).toBeLessThan(30 * 1024 * 1024);
  });

  it('a part that is too long, or reaches beyond the end', async () => {
    const bytes = await photo(64, 64);
    const upload = told(bytes, { sizeBytes: 3 * maxPartBytes });
    await begun(upload);
    expect(await put(upload.id, 0, Buffer.alloc(maxPartBytes + 1))).toMatchObject({
      status: 413,
      body: { error: { code: 'file-too-large' } },
    });
    const small = told(bytes);
    await begun(small);
    expect((await put(small.id, 0, Buffer.alloc(bytes.length + 1))).status).toBe(413);
    expect(await offsetOf(small)).toBe(0);
    expect((await put(small.id, 'minus', bytes)).status).toBe(400);
    expect((await put(small.id, -1, bytes)).status).toBe(400);
    expect((await put('no', 0, bytes)).status).toBe(400);
    expect((await put(small.id, 0, Buffer.alloc(0))).body).toEqual({ offset: 0 });
  });

  it('from another account, from nobody, and under a used identifier', async () => {
    const bytes = await photo(64, 64);
    const upload = told(bytes);
    await begun(upload);
    expect((await ask(upload, other)).json()).toMatchObject({ error: { code: 'key-reused' } });
    expect((await ask({ ...upload, sizeBytes: bytes.length + 1 })).json()).toMatchObject({
      error: { code: 'key-reused' },
    });
    expect((await put(upload.id, 0, bytes, other)).status).toBe(404);
    expect((await finish(upload.id, other)).statusCode).toBe(404);
    const url = `/api/uploads/${upload.id}/parts?offset=0`;
    const stranger = { 'x-wangge': '1', 'content-type': 'application/octet-stream' };
    const codes = [
      await town.app.inject({ method: 'PUT', url, headers: stranger, payload: bytes }),
      await town.app.inject({ method: 'POST', url: '/api/uploads', headers: { 'x-wangge': '1' }, payload: upload }),
      await town.app.inject({
        method: 'PUT',
        url,
        headers: { ...sessions.as(member), 'content-type': 'text/plain' },
        payload: 'x',
      }),
    ].map((answer) => answer.statusCode);
    expect(codes).toEqual([401, 401, 415]);
  });
});

describe('upkeep of uploads', () => {
  it('gives up the oldest of too many, what is a day old, and with a photo its upload', async () => {
    const hoarder = testActor([]);
    const bytes = await photo(64, 64);
    const ids: string[] = [];
    for (let n = 0; n < 42; n++) {
      const upload = told(bytes);
      ids.push(upload.id);
      await ask(upload, hoarder);
      town.clock.advance(10);
    }
    const left = async () =>
      (await town.owner.query<{ id: string }>('select id from kernel_uploads where account_id = $1', [hoarder.id]))
        .rows;
    expect((await left()).map(({ id }) => id).toSorted()).toEqual(ids.slice(2).toSorted());

    const kept = told(bytes);
    await begun(kept);
    await put(kept.id, 0, bytes);
    const { fileId } = await finished(kept.id);
    const open = told(bytes);
    await begun(open);
    await put(open.id, 0, bytes.subarray(0, 10));
    const parts = await town.owner.query<{ parts: string[] }>('select parts from kernel_uploads where id = $1', [
      open.id,
    ]);
    const part = parts.rows[0]?.parts[0] ?? '';
    expect(await town.rt.files.open(part)).not.toBeNull();
    town.clock.advance(25 * 3600_000);
    expect(await sweepUploads(town.rt)).toBeGreaterThan(40);
    expect(await sweepUploads(town.rt)).toBe(0);
    expect(await left()).toEqual([]);
    expect(await town.rt.files.open(part)).toBeNull();
    expect((await begun(kept)).file?.fileId).toBe(fileId);
    // Nothing claimed it within the day: it can be sent again.
    await sweepFiles(town.rt);
    expect(await begun(kept)).toEqual({ offset: 0, file: null });
  });
});
