import { defineRoute } from '@wangge/contract-kit';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { download } from '../src/download.ts';

const route = defineRoute({
  method: 'GET',
  path: '/api/things/export',
  summary: 'x',
  access: 'session',
  query: z.object({ format: z.string() }),
  response: z.unknown(),
  file: ['text/csv'],
});
afterEach(() => vi.unstubAllGlobals());

/** Answers with these pieces; a failure after them breaks the line. */
function answer(pieces: readonly string[], failure?: Error, status = 200): void {
  const body = new ReadableStream({
    async start(controller) {
      for (const piece of pieces) controller.enqueue(new TextEncoder().encode(piece));
      await Promise.resolve();
      if (failure) controller.error(failure);
      else controller.close();
    },
  });
  const headers = {
    'content-type': 'text/csv',
    'content-disposition': 'attachment; filename="things-1.csv"',
    'x-rows': '2',
  };
  vi.stubGlobal('fetch', () => Promise.resolve(new Response(body, { status, headers })));
}

describe('a download', () => {
  it('gives the file with its name, and tells how far it is', async () => {
    answer(['a,b\r\n', '1,2\r\n']);
    const seen: [number, string | null][] = [];
    const onProgress = (bytes: number, headers: Headers) => void seen.push([bytes, headers.get('x-rows')]);
    const { file, name } = await download(route, { query: { format: 'csv' } }, { onProgress });
    expect(await file.text()).toBe('a,b\r\n1,2\r\n');
    expect([name, file.type]).toEqual(['things-1.csv', 'text/csv']);
    expect(seen.at(-1)).toEqual([10, '2']);
  });
  it('that breaks off is a failure, not half a file', async () => {
    answer(['a,b\r\n'], new TypeError('network error'));
    await expect(download(route, { query: { format: 'csv' } })).rejects.toMatchObject({ offline: true });
  });
  it('that is refused says why', async () => {
    answer(['{"error":{"code":"forbidden","message":{"zh":"不行","en":"no"}}}'], undefined, 403);
    await expect(download(route, { query: { format: 'csv' } })).rejects.toMatchObject({
      code: 'forbidden',
      status: 403,
    });
  });
});
