import { newId } from '@wangge/contract-kit';
import exifr from 'exifr';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { UploadedFile } from '../../src/contract.ts';
import { sweepFiles } from '../../src/files/sweep.ts';
import { cameraPhotos, claimPhotos, photosOf, storePhoto, systemActor } from '../../src/index.ts';
import { openTestTown, testActor, type TestTown } from '../../src/testkit/index.ts';
import { formWith, photo, pngBomb } from '../support/photos.ts';
import { signedIn } from '../support/signed-in.ts';

const sessions = signedIn();
const member = testActor([]);
const other = testActor([]);
let town: TestTown;
beforeAll(async () => {
  town = await openTestTown([sessions.module]);
});
afterAll(() => town.close());

async function upload(bytes: Buffer, name?: string, by = member) {
  const { payload, headers } = await formWith(bytes, name);
  return town.app.inject({
    method: 'POST',
    url: '/api/files',
    headers: { ...sessions.as(by), ...headers },
    payload,
  });
}
async function uploaded(bytes: Buffer, by = member): Promise<UploadedFile> {
  const answer = await upload(bytes, undefined, by);
  expect(answer.statusCode).toBe(200);
  return answer.json();
}
const get = (url: string) => town.app.inject({ method: 'GET', url });

describe('an upload', () => {
  it('is turned upright, shrunk, stripped, and tells where it was taken', async () => {
    const taken = await photo(4000, 3000, { orientation: 6, gps: true });
    expect(await exifr.parse(taken)).toMatchObject({ Make: 'Telephone' });
    const answer = await uploaded(taken);
    expect([answer.width, answer.height]).toEqual([1440, 1920]);
    expect(answer.place?.lon).toBeCloseTo(120.5, 6);
    expect(answer.place?.lat).toBeCloseTo(31.25, 6);

    const full = (await get(answer.url)).rawPayload;
    expect(full.length).toBe(answer.sizeBytes);
    const { exif, orientation, format } = await sharp(full).metadata();
    expect({ exif, orientation, format }).toEqual({ exif: undefined, orientation: undefined, format: 'jpeg' });
    expect(full.includes('A Person')).toBe(false);
    // Orientation 6: what the sensor had on the left is on top.
    const top = await sharp(full).extract({ left: 700, top: 100, width: 1, height: 1 }).raw().toBuffer();
    expect(top[0]).toBeGreaterThan(200);
    const thumb = await sharp((await get(answer.thumbUrl)).rawPayload).metadata();
    expect([thumb.width, thumb.height]).toEqual([240, 320]);
  });

  it.each(['png', 'webp'] as const)('may be a %s, which is kept as JPEG', async (format) => {
    const answer = await uploaded(await photo(100, 50, { format }));
    expect([answer.width, answer.height, answer.place]).toEqual([100, 50, null]);
    expect((await get(answer.url)).rawPayload.subarray(0, 3).toString('hex')).toBe('ffd8ff');
  });

  it.each([
    ['a text named .jpg', () => Buffer.from('Not a photo at all. '.repeat(50)), 415, 'not-an-image'],
    ['a page named .jpg', () => Buffer.from('<html><script>alert(1)</script>'), 415, 'not-an-image'],
    [
      'a picture with scripts (SVG)',
      () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'),
      415,
      'not-an-image',
    ],
    ['half a photo', async () => (await photo(800, 600)).subarray(0, 900), 415, 'not-an-image'],
    ['nothing', () => Buffer.alloc(0), 415, 'not-an-image'],
    ['a decompression bomb', () => pngBomb(30_000), 413, 'image-too-large'],
    ['30 MB', () => Buffer.alloc(30 * 1024 * 1024, 0xff), 413, 'file-too-large'],
  ])('is refused when it is %s', async (_what, make, status, code) => {
    const before = await town.owner.query('select count(*) from kernel_files');
    const answer = await upload(await make());
    expect([answer.statusCode, answer.json()]).toMatchObject([status, { error: { code } }]);
    expect((await town.owner.query('select count(*) from kernel_files')).rows).toEqual(before.rows);
  });

  it('is refused without a file, as JSON, and from strangers', async () => {
    const send = (headers: Record<string, string>, payload: string) =>
      town.app.inject({ method: 'POST', url: '/api/files', headers, payload });
    const form = 'multipart/form-data; boundary=x';
    const codes = [
      await send({ ...sessions.as(member), 'content-type': form }, '--x--\r\n'),
      await send({ ...sessions.as(member), 'content-type': form }, '--x\r\nbroken'),
      await send({ ...sessions.as(member), 'content-type': 'application/json' }, '{}'),
      await send({ 'x-wangge': '1', 'content-type': form }, '--x--\r\n'),
    ].map((answer) => [answer.statusCode, answer.json<{ error: { code: string } }>().error.code]);
    expect(codes).toEqual([
      [400, 'bad-request'],
      [400, 'bad-request'],
      [415, 'unsupported-media'],
      [401, 'unauthenticated'],
    ]);
  });

  it('that declares 30 MB over a real socket is answered before it is sent', async () => {
    const url = await town.app.listen({ port: 0, host: '127.0.0.1' });
    const { payload, headers } = await formWith(Buffer.alloc(30 * 1024 * 1024));
    const answer = await fetch(`${url}/api/files`, {
      method: 'POST',
      headers: { ...sessions.as(member), ...headers },
      body: new Uint8Array(payload),
    });
    expect(answer.status).toBe(413);
    expect(await answer.json()).toMatchObject({ error: { code: 'file-too-large' } });
  });
});

describe('what a phone says of a photo', () => {
  const said = {
    how: 'camera',
    atMs: 1_790_000_000_000,
    offsetMs: -1500,
    place: { lon: 120.5, lat: 31.25, accuracyM: 8 },
  };
  const send = async (taken: unknown) => {
    const text = typeof taken === 'string' ? taken : JSON.stringify(taken);
    const { payload, headers } = await formWith(await photo(64, 64, { gps: true }), 'photo.jpg', text);
    const all = { ...sessions.as(member), ...headers };
    return town.app.inject({ method: 'POST', url: '/api/files', headers: all, payload });
  };
  const wordOf = async (fileId: string) => {
    const owner = { kind: 'incident', id: newId() };
    await town.rt.tx(member, (tx) => claimPhotos(tx, [fileId], owner));
    const read = (more: { word?: boolean }) => town.rt.tx(member, (tx) => photosOf(tx, 'incident', [owner.id], more));
    // Only who asks for it gets it.
    expect((await read({})).get(owner.id)?.[0]).not.toHaveProperty('word');
    return (await read({ word: true })).get(owner.id)?.[0]?.word;
  };

  it('is kept beside it with the time of its arrival; the picture itself has no metadata', async () => {
    const answer = await send(said);
    expect(answer.statusCode).toBe(200);
    const file = answer.json<UploadedFile>();
    expect((await sharp((await get(file.url)).rawPayload).metadata()).exif).toBeUndefined();
    expect(await wordOf(file.fileId)).toEqual({ ...said, receivedMs: town.clock.nowMs() });
    const camera = await town.rt.tx(member, (tx) => cameraPhotos(tx, [file.fileId, newId()]));
    expect([...camera]).toEqual([file.fileId]);
  });

  it('may be nothing', async () => {
    const { fileId } = await uploaded(await photo(64, 64));
    expect(await wordOf(fileId)).toBeUndefined();
    expect((await town.rt.tx(member, (tx) => cameraPhotos(tx, [fileId]))).size).toBe(0);
  });

  it.each([
    ['no JSON', '{', 'taken'],
    ['nothing', 'null', 'taken'],
    ['another way', { ...said, how: 'drawn' }, 'taken.how'],
    ['a time before all phones', { ...said, atMs: -1 }, 'taken.atMs'],
    ['a time after all of us', { ...said, atMs: 9e15 }, 'taken.atMs'],
    ['half a millisecond', { ...said, atMs: 0.5 }, 'taken.atMs'],
    ['a clock beyond reason', { ...said, offsetMs: 1e16 }, 'taken.offsetMs'],
    ['a place beyond the poles', { ...said, place: { lon: 0, lat: 91 } }, 'taken.place.lat'],
    ['half a place', { ...said, place: { lon: 0 } }, 'taken.place.lat'],
  ])('is refused when it says %s', async (_what, taken, field) => {
    const answer = await send(taken);
    expect([answer.statusCode, answer.json()]).toMatchObject([400, { error: { code: 'invalid-field', field } }]);
  });
});

describe('a claim', () => {
  const owner = () => ({ kind: 'incident', id: newId() });

  it('gives photos an owner, once or repeatedly, in the order of uploading', async () => {
    const one = await uploaded(await photo(64, 64));
    const two = await uploaded(await photo(64, 64));
    const mine = owner();
    for (let time = 0; time < 2; time++) {
      await town.rt.tx(member, (tx) => claimPhotos(tx, [two.fileId, one.fileId, one.fileId], mine));
    }
    const photos = await town.rt.tx(member, (tx) => photosOf(tx, 'incident', [mine.id, newId()]));
    expect([...photos.keys()]).toEqual([mine.id]);
    expect(photos.get(mine.id)?.map((p) => p.fileId)).toEqual([one.fileId, two.fileId]);
    expect((await get(photos.get(mine.id)?.[0]?.thumbUrl ?? '')).statusCode).toBe(200);
  });

  it('is refused for what belongs to another, to nobody known, or was sent by another', async () => {
    const { fileId } = await uploaded(await photo(64, 64));
    const claim = (by: typeof member, id: string) => town.rt.tx(by, (tx) => claimPhotos(tx, [id], owner()));
    await expect(claim(other, fileId)).rejects.toMatchObject({ code: 'not-found', field: 'photoIds' });
    await expect(claim(member, newId())).rejects.toMatchObject({ code: 'not-found' });
    await claim(member, fileId);
    await expect(claim(member, fileId)).rejects.toMatchObject({ code: 'conflict' });
  });

  it('by two at once succeeds for one', async () => {
    const { fileId } = await uploaded(await photo(64, 64));
    const results = await Promise.allSettled(
      [owner(), owner()].map((each) => town.rt.tx(member, (tx) => claimPhotos(tx, [fileId], each))),
    );
    expect(results.map((r) => r.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('by the platform works for what nobody signed in sent', async () => {
    const { fileId } = await storePhoto(town.rt, systemActor('portal'), await photo(64, 64));
    const theirs = owner();
    await town.rt.system('portal', (tx) => claimPhotos(tx, [fileId], theirs));
    const photos = await town.rt.system('portal', (tx) => photosOf(tx, 'incident', [theirs.id]));
    expect(photos.get(theirs.id)).toHaveLength(1);
  });
});

describe('a link', () => {
  it('serves bytes that no browser can run', async () => {
    const { url } = await uploaded(await photo(64, 64));
    const { headers, statusCode } = await get(url);
    expect(statusCode).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
    });
    expect(headers['content-disposition']).toMatch(/^inline; filename="/);
    expect(headers['cache-control']).toMatch(/^private, max-age=\d+, immutable$/);
  });

  it('stays the same for hours, ends after half a day, and cannot be made up', async () => {
    const { url, fileId } = await uploaded(await photo(64, 64));
    const code = async (link: string) => {
      const answer = await get(link);
      return [answer.statusCode, answer.json<{ error: { code: string } }>().error.code];
    };
    const forged = [403, 'wrong-token'];
    expect(await code(url.replace('/full?', '/thumb?'))).toEqual(forged);
    expect(await code(url.replace(fileId, newId()))).toEqual(forged);
    expect(await code(url.replace(/e=\d/, 'e=9'))).toEqual(forged);
    expect(await code(url.replace(/s=.*/, ''))).toEqual(forged);
    expect(await code(`/files/${fileId}/full`)).toEqual(forged);
    expect(await code(url.replace('/full?', '/%2e%2e%2fkeys?'))).toEqual([404, 'not-found']);

    town.clock.advance(6 * 3600_000 - 60_000);
    expect((await get(url)).statusCode).toBe(200);
    town.clock.advance(6 * 3600_000 + 120_000);
    expect(await code(url)).toEqual([410, 'gone']);
  });
});

describe('upkeep', () => {
  it('removes what nothing claimed for a day, and bytes without a row', async () => {
    const kept = await uploaded(await photo(64, 64));
    await town.rt.tx(member, (tx) => claimPhotos(tx, [kept.fileId], { kind: 'incident', id: newId() }));
    const left = await uploaded(await photo(64, 64));
    await town.rt.files.put('aa/bb/stray.jpg', Buffer.from('x'));
    town.clock.advance(25 * 3600_000);
    const swept = await sweepFiles(town.rt);
    expect(swept.uploads).toBeGreaterThan(0);
    const rows = await town.owner.query('select id from kernel_files where id = any($1)', [[kept.fileId, left.fileId]]);
    expect(rows.rows).toEqual([{ id: kept.fileId }]);
    // Bytes are judged by the disk's clock: these are seconds old.
    expect(swept.strays).toBe(0);
    expect(await town.rt.files.open('aa/bb/stray.jpg')).not.toBeNull();
  });
});
