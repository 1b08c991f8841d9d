import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { liveConnection, setOrigin, type LiveBatch, type LiveConnection } from '../src/index.ts';

/** A stream server that shows its open streams and what each was asked with. */
let streams: { req: IncomingMessage; res: ServerResponse }[] = [];
let answer = 200;
let server = createServer();
let open: LiveConnection[] = [];
let port = 0;

beforeEach(async () => {
  streams = [];
  answer = 200;
  open = [];
  server = createServer((req, res) => {
    res.writeHead(answer, { 'content-type': 'text/event-stream' });
    if (answer !== 200) return void res.end();
    res.write(`retry: 20\nevent: hello\ndata: {"nowMs":${Date.now() + 60_000}}\n\n`);
    streams.push({ req, res });
    return undefined;
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  port = (server.address() as AddressInfo).port;
  setOrigin(`http://127.0.0.1:${port}`);
});
afterEach(() => {
  open.forEach((each) => each.close());
  server.closeAllConnections();
  server.close();
  port = 0;
});

function join(shareName: string): { live: LiveConnection; batches: LiveBatch[] } {
  const live = liveConnection({ shareName, everyMs: 5, firstJitterMs: 0, jitterMs: 0 });
  const batches: LiveBatch[] = [];
  live.subscribe((batch) => batches.push(batch));
  open.push(live);
  return { live, batches };
}
const send = (id: string, index = 0): void => {
  const data = JSON.stringify({ type: 'incidents.changed', id, areaPath: '9/' });
  streams[index]?.res.write(`id: ${id}\nevent: message\ndata: ${data}\n\n`);
};
const ids = (batches: LiveBatch[]): string[] => batches.flatMap((b) => b.messages.map((m) => m.id));
const until = (check: () => void): Promise<void> => vi.waitFor(check, { timeout: 5000, interval: 10 });

test("messages arrive, with the server's clock, after a first reset", async () => {
  const a = join('one');
  await until(() => expect(a.live.status().state).toBe('live'));
  await until(() => expect(a.live.status().clockOffsetMs).toBeGreaterThan(50_000));
  send('1');
  await until(() => expect(ids(a.batches)).toEqual(['1']));
  expect(a.batches[0]?.reset).toBe(true);
});

test('two tabs share one stream; when the reader leaves, the other takes over and refetches', async () => {
  const a = join('two');
  await until(() => expect(streams.length).toBe(1));
  const b = join('two');
  await until(() => expect(b.live.status().state).toBe('live'));
  send('1');
  await until(() => expect(ids(b.batches)).toEqual(['1']));
  expect(streams.length).toBe(1);
  b.batches.length = 0;
  a.live.close();
  await until(() => expect(streams.length).toBe(2));
  await until(() => expect(b.batches.some((batch) => batch.reset)).toBe(true));
  send('2', 1);
  await until(() => expect(ids(b.batches)).toEqual(['2']));
});

test('a cut stream is stale, resumes from the last id, and needs no reset', async () => {
  const a = join('three');
  await until(() => expect(streams.length).toBe(1));
  send('41');
  await until(() => expect(ids(a.batches)).toEqual(['41']));
  a.batches.length = 0;
  const seen: string[] = [];
  a.live.onStatus((status) => seen.push(status.state));
  streams[0]?.res.destroy();
  await until(() => expect(streams.length).toBe(2));
  expect(seen[0]).toBe('stale');
  expect(streams[1]?.req.headers['last-event-id']).toBe('41');
  send('42', 1);
  await until(() => expect(ids(a.batches)).toEqual(['42']));
  expect(a.batches.every((batch) => !batch.reset)).toBe(true);
});

test('an ended session is told as such', async () => {
  answer = 401;
  const a = join('four');
  await until(() => expect(a.live.status()).toMatchObject({ state: 'offline', signedOut: true }));
});
