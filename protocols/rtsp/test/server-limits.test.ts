/** Our server against slow readers, silence, garbage, crowds, and those who ask in the wrong order. */
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { VideoFrame } from '@wangge/codec';
import { describe, expect, onTestFinished, test, vi } from 'vitest';
import { RtspServer, type RtspServerOptions } from '../src/index.ts';
import { parseHead } from '../src/message.ts';
import { Hub, HubStream } from './support/hub.ts';
import { Watch } from './support/watch.ts';

const sets = [Buffer.from('Z0LAHtkDxWhAAAADAEAAAAwDxYuS', 'base64'), Buffer.from('aMuMsg==', 'base64')];

function frame(index: number, key: boolean, size: number): VideoFrame {
  const slice = Buffer.alloc(size, index);
  slice[0] = key ? 0x65 : 0x41;
  slice[1] = 0x88;
  const us = index * 40_000;
  return { kind: 'video', codec: 'h264', ptsUs: us, dtsUs: us, key, nals: key ? [...sets, slice] : [slice] };
}

async function start(options: Partial<RtspServerOptions> = {}) {
  const hub = new Hub();
  const stream = hub.stream('cam');
  stream.onTracks([{ kind: 'video', codec: 'h264', parameterSets: sets }]);
  const server = await RtspServer.listen({ port: 0, ...hub.options, ...options });
  onTestFinished(() => server.close());
  return { hub, stream, server, url: `rtsp://127.0.0.1:${server.port}/cam` };
}

/** Sends a request as it is and gives the status of the answer, 0 where the connection ends instead. */
class Raw {
  readonly socket: Socket;
  #text = '';
  session = '';

  #wake: (() => void) | undefined;

  constructor(server: RtspServer) {
    this.socket = connect(server.port, '127.0.0.1');
    this.socket.on('error', () => {});
    this.socket.on('close', () => this.#wake?.());
    this.socket.on('data', (data) => {
      this.#text += data.toString('latin1');
      this.#wake?.();
    });
    onTestFinished(() => void this.socket.destroy());
  }

  async ask(line: string, headers: readonly string[] = [], body = ''): Promise<number> {
    const length = body === '' ? [] : [`Content-Length: ${body.length}`];
    this.socket.write([`${line} RTSP/1.0`, 'CSeq: 1', ...headers, ...length, '', body].join('\r\n'));
    return this.answer();
  }

  async answer(): Promise<number> {
    for (;;) {
      const end = this.#text.indexOf('\r\n\r\n');
      const head = end < 0 ? undefined : parseHead(this.#text.slice(0, end));
      if (head?.kind === 'response') {
        const length = Number(head.headers.get('content-length')?.[0] ?? 0);
        this.#text = this.#text.slice(end + 4 + length);
        this.session = head.headers.get('session')?.[0]?.split(';')[0] ?? this.session;
        return head.status;
      }
      if (this.socket.destroyed) return 0;
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

const tcp = 'Transport: RTP/AVP/TCP;unicast;interleaved=0-1';

describe('readers', () => {
  test('one who does not read is skipped to a key picture, then disconnected; the others miss nothing', async () => {
    const { stream, server, url } = await start({ maxQueuedBytes: 200_000, maxCongestedMs: 300 });
    const good = new Watch({ url });
    const slow = new Raw(server);
    await slow.ask(`SETUP ${url}/trackID=0`, [tcp]);
    await slow.ask(`PLAY ${url}`, [`Session: ${slow.session}`]);
    slow.socket.pause();
    let index = 0;
    const timer = setInterval(() => stream.onFrame(frame(index, index++ % 10 === 0, 60_000), 0, false), 5);
    onTestFinished(() => clearInterval(timer));
    await good.until(({ video }) => video.length > 0 && server.counts.tooSlow === 1);
    const before = good.video.length;
    await good.until(({ video }) => video.length > before + 20);
    clearInterval(timer);
    expect(server.counts).toMatchObject({ readers: 1, tooSlow: 1 });
    expect(server.counts.skippedFrames).toBeGreaterThan(0);
    expect(good.losses).toBe(0);
    const seen = good.video.map(({ nals }) => nals.at(-1)![100]!);
    expect(seen.slice(1).every((value, at) => value === ((seen[at]! + 1) & 255))).toBe(true);
  });

  test('one who was slow for a moment goes on with a key picture', async () => {
    const { stream, server, url } = await start({ maxQueuedBytes: 100_000 });
    const slow = new Watch({ url });
    let index = 0;
    const push = () => stream.onFrame(frame(index, index++ % 10 === 0, 30_000), 0, false);
    const timer = setInterval(push, 5);
    onTestFinished(() => clearInterval(timer));
    await slow.until(({ video }) => video.length > 5);
    // Nothing is read while this turn of the loop lasts.
    for (let count = 0; count < 400; count += 1) push();
    expect(server.counts.skippedFrames).toBeGreaterThan(0);
    const gaps = ({ video }: Watch) => {
      const order = video.map(({ nals }) => nals.at(-1)![100]!);
      return order.flatMap((value, at) => (at > 0 && value !== ((order[at - 1]! + 1) & 255) ? [at] : []));
    };
    await slow.until((watch) => gaps(watch).length > 0);
    expect(gaps(slow).every((at) => slow.video[at]!.key)).toBe(true);
    expect(server.counts).toMatchObject({ readers: 1, tooSlow: 0 });
  });

  test('by UDP, one who gives no sign of life is forgotten', async () => {
    const { stream, server, url } = await start({ idleTimeoutMs: 400 });
    const raw = new Raw(server);
    await raw.ask(`SETUP ${url}/trackID=0`, ['Transport: RTP/AVP;unicast;client_port=47110-47111']);
    expect(await raw.ask(`PLAY ${url}`, [`Session: ${raw.session}`])).toBe(200);
    stream.onFrame(frame(0, true, 100), 0, false);
    expect(server.counts.readers).toBe(1);
    await once(raw.socket, 'close');
    expect(server.counts.readers).toBe(0);
    expect(stream.readers.size).toBe(0);
  });
});

describe('requests', () => {
  test('in the wrong order, of unknown kinds and to unknown places', async () => {
    const { server, url } = await start({ udp: false });
    const raw = new Raw(server);
    expect(await raw.ask(`OPTIONS *`)).toBe(200);
    expect(await raw.ask(`PLAY ${url}`)).toBe(455);
    expect(await raw.ask(`RECORD ${url}`)).toBe(455);
    expect(await raw.ask(`DESCRIBE rtsp://h/nothing`)).toBe(404);
    expect(await raw.ask(`DESCRIBE rtsp://h/../cam`)).toBe(400);
    expect(await raw.ask(`FLY ${url}`)).toBe(501);
    expect(await raw.ask(`SETUP ${url}/trackID=0`, ['Transport: RTP/AVP;unicast;client_port=5000-5001'])).toBe(461);
    expect(await raw.ask(`SETUP ${url}/trackID=7`, [tcp])).toBe(404);
    expect(await raw.ask(`SETUP ${url}/trackID=0`, ['Session: other', tcp])).toBe(454);
    expect(await raw.ask(`ANNOUNCE ${url}`, [], 'nonsense')).toBe(455);
    expect(await new Raw(server).ask(`ANNOUNCE ${url}`, [], 'nonsense')).toBe(415);
    expect(await raw.ask(`SETUP ${url}/trackID=0`, [tcp])).toBe(200);
    expect(await raw.ask(`PLAY ${url}`, [`Session: ${raw.session}`])).toBe(200);
    expect(await raw.ask(`DESCRIBE ${url}`)).toBe(455);
    expect(await raw.ask(`TEARDOWN ${url}`)).toBe(200);
    expect(server.counts.readers).toBe(0);
  });

  test('without leave: a challenge, and a refusal; what was allowed stays so on the connection', async () => {
    let asked = 0;
    const { server, url } = await start({
      authorize: ({ path, query, username }) => {
        asked += 1;
        if (path !== 'cam') return 'deny';
        return query.get('ticket') === 'good' ? 'allow' : username === undefined ? 'challenge' : 'deny';
      },
    });
    const raw = new Raw(server);
    expect(await raw.ask(`DESCRIBE rtsp://h/secret`)).toBe(403);
    expect(await raw.ask(`DESCRIBE ${url}`)).toBe(401);
    expect(await raw.ask(`ANNOUNCE ${url}`, [], 'm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\n')).toBe(401);
    expect(await raw.ask(`DESCRIBE ${url}?ticket=good`)).toBe(200);
    expect(asked).toBe(4);
    expect(await raw.ask(`SETUP ${url}/trackID=0`, [tcp])).toBe(200);
    expect(asked).toBe(4);
  });

  test('a callback that throws is an answer of 500, and the server goes on', async () => {
    const { server, url } = await start({
      play: () => {
        throw new Error('no database');
      },
    });
    const raw = new Raw(server);
    expect(await raw.ask(`DESCRIBE ${url}`)).toBe(500);
    expect(await raw.ask(`OPTIONS ${url}`)).toBe(200);
  });

  test('a publisher who is not wanted, and one who falls silent', async () => {
    const sink = new HubStream();
    const { server, url } = await start({
      idleTimeoutMs: 400,
      publish: ({ path }) => (path === 'cam' ? sink : undefined),
    });
    const description = 'm=video 0 RTP/AVP 96\na=rtpmap:96 H264/90000\na=control:streamid=0\n';
    for (const [address, status] of [
      [`${url}/other`, 403],
      [url, 200],
    ] as const) {
      const raw = new Raw(server);
      expect(await raw.ask(`ANNOUNCE ${address}`, [], description)).toBe(200);
      expect(await raw.ask(`SETUP ${address}/streamid=0`, [`${tcp};mode=record`])).toBe(200);
      expect(await raw.ask(`RECORD ${address}`, [`Session: ${raw.session}`])).toBe(status);
      if (status === 200) await once(raw.socket, 'close');
    }
    expect(sink.closed).toBe(1);
    expect(server.counts.publishers).toBe(0);
  });
});

describe('connections', () => {
  test('beyond the limit are turned away, garbage is cut off, silence too', async () => {
    const { server } = await start({ maxConnections: 2, idleTimeoutMs: 400 });
    const [first, second, third] = [new Raw(server), new Raw(server), new Raw(server)];
    await once(third.socket, 'close');
    expect(server.counts.turnedAway).toBe(1);
    first.socket.write(Buffer.alloc(100_000, 1));
    await once(first.socket, 'close');
    expect(server.counts.garbage).toBe(1);
    await once(second.socket, 'close');
    await vi.waitFor(() => expect(server.counts.connections).toBe(0));
  });

  test('a flood of requests without waiting ends the connection', async () => {
    const { server, url } = await start({ play: () => new Promise(() => {}) });
    const raw = new Raw(server);
    raw.socket.write(`DESCRIBE ${url} RTSP/1.0\r\nCSeq: 1\r\n\r\n`.repeat(100));
    expect(await raw.answer()).toBe(0);
  });

  test('a port that is taken is told, and closing ends everyone', async () => {
    const { server, stream, url } = await start();
    await expect(RtspServer.listen({ port: server.port })).rejects.toThrow('EADDRINUSE');
    const watch = new Watch({ url });
    stream.onFrame(frame(0, true, 100), 0, false);
    await watch.until(({ video }) => video.length === 1);
    await server.close();
    expect(await watch.closed()).toMatchObject({ reason: 'ended' });
  });
});
