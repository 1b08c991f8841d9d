/** The least that HTTP/1.1 needs, for loads where the sender's own work would be felt: both share two cores. */
import { connect, type Socket } from 'node:net';

export interface WireAnswer {
  readonly status: number;
  readonly body: Buffer;
  /** From sending to the last byte. */
  readonly ms: number;
}
export interface Wire {
  /** One request at a time; the answer must have a `content-length`. */
  send(method: string, path: string, body: unknown): Promise<WireAnswer>;
  close(): void;
}

/** One connection that stays open. */
export async function openWire(baseUrl: string, cookie: string): Promise<Wire> {
  const { hostname, port } = new URL(baseUrl);
  const socket = await opened(hostname, Number(port));
  const head = `host: ${hostname}:${port}\r\naccept: application/json\r\nx-wangge: 1\r\ncookie: ${cookie}\r\n`;
  let received: Buffer = Buffer.alloc(0);
  let waiting: { done: (answer: WireAnswer) => void; fail: (error: Error) => void; started: number } | undefined;

  socket.on('data', (piece: Buffer) => {
    received = received.length === 0 ? piece : Buffer.concat([received, piece]);
    const answer = waiting && answerIn(received, waiting.started);
    if (!answer) return;
    received = Buffer.alloc(0);
    const { done } = waiting as NonNullable<typeof waiting>;
    waiting = undefined;
    done(answer);
  });
  socket.on('error', (error) => waiting?.fail(error));
  socket.on('close', () => waiting?.fail(new Error('the server closed the connection')));
  return {
    send(method, path, body) {
      const text = JSON.stringify(body);
      return new Promise((done, fail) => {
        waiting = { done, fail, started: performance.now() };
        const more = `content-type: application/json\r\ncontent-length: ${Buffer.byteLength(text)}\r\n`;
        socket.write(`${method} ${path} HTTP/1.1\r\n${head}${more}\r\n${text}`);
      });
    },
    close: () => socket.destroy(),
  };
}

function opened(host: string, port: number): Promise<Socket> {
  return new Promise((done, fail) => {
    const socket = connect({ host, port, noDelay: true }, () => done(socket));
    socket.once('error', fail);
  });
}

/** The whole answer, or nothing yet. */
function answerIn(bytes: Buffer, started: number): WireAnswer | undefined {
  const end = bytes.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = bytes.toString('latin1', 0, end);
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length === undefined) throw new Error(`an answer without length: ${head.slice(0, 200)}`);
  const from = end + 4;
  if (bytes.length < from + Number(length)) return undefined;
  return {
    status: Number(head.slice(9, 12)),
    body: bytes.subarray(from, from + Number(length)),
    ms: performance.now() - started,
  };
}
