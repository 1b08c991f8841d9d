import { createHash, randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { CallError, setOrigin, uploadInParts } from '../src/index.ts';

const id = '0199f3a0-0000-7000-8000-000000000001';
const photo = randomBytes(300_000);
const blob = new Blob([photo], { type: 'image/jpeg' });

let stop = (): void => undefined;
afterEach(() => stop());

interface Played {
  arrived: Buffer;
  readonly requests: string[];
}
/** A server of one upload; `breaks` says whether the link breaks at this request, and after how many bytes. */
async function serve(breaks: (request: string, nth: number) => number | 'answer' | null): Promise<Played> {
  const played: Played = { arrived: Buffer.alloc(0), requests: [] };
  const file = { fileId: id, url: '', thumbUrl: '', width: 1, height: 1, sizeBytes: 1, place: null };
  let finished = false;
  const answer = (req: IncomingMessage, res: ServerResponse): void => {
    const name = `${req.method} ${(req.url ?? '').replace(id, ':id')}`;
    played.requests.push(name);
    const broken = breaks(name, played.requests.length);
    let left = typeof broken === 'number' ? broken : Number.POSITIVE_INFINITY;
    const offset = Number(new URL(req.url ?? '', 'http://x').searchParams.get('offset') ?? -1);
    if (offset > played.arrived.length) throw new Error('a gap');
    const chunks: Buffer[] = [];
    req.on('data', (chunk: Buffer) => {
      if (offset === played.arrived.length || chunks.length > 0) chunks.push(chunk.subarray(0, left));
      left -= chunk.length;
      if (left <= 0) {
        keep();
        req.socket.destroy();
      }
    });
    const keep = (): void => {
      if (offset >= 0) played.arrived = Buffer.concat([played.arrived, ...chunks.splice(0)]);
    };
    req.on('end', () => {
      keep();
      if (name.endsWith('/finish')) finished = true;
      if (broken === 'answer') return void req.socket.destroy();
      const body = name.endsWith('/finish')
        ? file
        : { offset: played.arrived.length, ...(offset < 0 ? { file: finished ? file : null } : {}) };
      res.end(JSON.stringify(body));
    });
  };
  const server = createServer(answer);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  setOrigin(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
  stop = () => {
    server.closeAllConnections();
    server.close();
  };
  return played;
}
const sha = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex');
const part = (name: string): boolean => name.startsWith('PUT');

test('a good link: begin, growing parts, finish; every byte once', async () => {
  const played = await serve(() => null);
  const told: number[] = [];
  await uploadInParts(id, blob, { onBytes: (sent) => told.push(sent) });
  expect(sha(played.arrived)).toBe(sha(photo));
  expect(played.requests[0]).toBe('POST /api/uploads');
  expect(played.requests.at(-1)).toBe('POST /api/uploads/:id/finish');
  expect(played.requests.length).toBeLessThan(7);
  expect(told.at(-1)).toBe(photo.length);
});

test('every other part is cut in the middle: it goes on from what arrived', async () => {
  const played = await serve((name, nth) => (part(name) && nth % 2 === 0 ? 9_000 : null));
  await uploadInParts(id, blob, { pauseMs: 1 });
  expect(sha(played.arrived)).toBe(sha(photo));
});

test('answers are lost, of a part and of the end: nothing is sent twice', async () => {
  let lost = 0;
  const played = await serve((name) =>
    (part(name) || name.endsWith('/finish')) && lost++ % 2 === 0 ? 'answer' : null,
  );
  expect(await uploadInParts(id, blob, { pauseMs: 1 })).toMatchObject({ fileId: id });
  expect(sha(played.arrived)).toBe(sha(photo));
});

test('nothing gets through: it gives up after a few tries, and says that it is the link', async () => {
  const played = await serve((name) => (part(name) ? 0 : null));
  const failure = await uploadInParts(id, blob, { pauseMs: 1 }).catch((error: unknown) => error);
  expect(failure).toBeInstanceOf(CallError);
  expect((failure as CallError).offline).toBe(true);
  expect(played.requests.filter(part).length).toBeLessThan(8);
});
