/** A camera by script, for what no decent server does. */
import { once } from 'node:events';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { parseHead, type RtspRequest } from '../../src/message.ts';

export interface FakeCamera {
  readonly port: number;
  /** Requests in the order in which they came, over all connections. */
  readonly requests: RtspRequest[];
  connections: number;
}

/** What to write for a request; undefined leaves it unanswered. Bytes go as they are, a number is a bare status. */
export type Answer = string | Buffer | number | undefined;

export const sdp = [
  'v=0',
  's=-',
  'm=video 0 RTP/AVP 96',
  'a=rtpmap:96 H264/90000',
  'a=fmtp:96 packetization-mode=1; sprop-parameter-sets=Z0LAHtkDxWhAAAADAEAAAAwDxYuS,aMuMsg==',
  'a=control:trackID=0',
  '',
].join('\r\n');

export async function startFakeCamera(
  answer: (request: RtspRequest, socket: Socket, camera: FakeCamera) => Answer,
): Promise<FakeCamera> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    camera.connections += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    let text = '';
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (let end = text.indexOf('\r\n\r\n'); end >= 0; end = text.indexOf('\r\n\r\n')) {
        const head = parseHead(text.slice(text.startsWith('$') ? text.search(/[A-Z]{4}/) : 0, end));
        text = text.slice(end + 4);
        if (head?.kind !== 'request') continue;
        const request = { ...head, body: Buffer.alloc(0) };
        camera.requests.push(request);
        write(socket, request, answer(request, socket, camera));
      }
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  const camera: FakeCamera = { port: (server.address() as AddressInfo).port, requests: [], connections: 0 };
  return camera;
}

/** An answer with headers and body. */
export function reply(request: RtspRequest, status: number, headers: readonly string[] = [], body = ''): string {
  const cseq = request.headers.get('cseq')?.[0];
  const length = body === '' ? [] : [`Content-Length: ${body.length}`];
  return [`RTSP/1.0 ${status} X`, `CSeq: ${cseq}`, ...headers, ...length, '', body].join('\r\n');
}

/** A well-behaved camera, for all that a test does not answer itself. */
export function behave(request: RtspRequest): Answer {
  switch (request.method) {
    case 'OPTIONS':
      return reply(request, 200, ['Public: OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER']);
    case 'DESCRIBE':
      return reply(request, 200, ['Content-Type: application/sdp'], sdp);
    case 'SETUP':
      return reply(request, 200, [`Transport: ${request.headers.get('transport')?.[0]}`, 'Session: 77;timeout=2']);
    default:
      return 200;
  }
}

function write(socket: Socket, request: RtspRequest, answer: Answer): void {
  if (typeof answer === 'number') socket.write(reply(request, answer));
  else if (answer !== undefined) socket.write(answer);
}
