/** What browsers ask a media worker: streams over WebSocket, WebRTC by WHEP, stills. */
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { SecureContextOptions } from 'node:tls';
import type { Duplex } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Runtime } from '@wangge/kernel';
import { type WebSocket, WebSocketServer } from 'ws';
import { takeTicket, type TakenView } from '../watch/tickets.ts';
import { foreignOrigin } from './origin.ts';
import { Stills } from './stills.ts';

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const maxSockets = 1000;
const pingMs = 20_000;

export interface MediaServerOptions {
  readonly tls?: SecureContextOptions | undefined;
  readonly live: (socket: WebSocket, view: TakenView, query: URLSearchParams) => void;
  readonly playback: (socket: WebSocket, view: TakenView) => void;
  /** POST and DELETE below `/video/whep`. */
  readonly whep?: ((request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void>) | undefined;
}

/** The caller listens and closes. */
export function mediaServer(rt: Runtime, options: MediaServerOptions): { server: Server; close(): void } {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 4096, perMessageDeflate: false });
  const onRequest = (request: IncomingMessage, response: ServerResponse): void => {
    answer(rt, options, request, response).catch((error: unknown) => {
      rt.log.warn({ err: error }, 'a request for video failed');
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  };
  const server = options.tls ? createTlsServer(options.tls, onRequest) : createServer(onRequest);
  server.on('upgrade', (request, socket, head) => {
    socket.on('error', () => socket.destroy());
    admit(rt, request, sockets.clients.size).then(
      (admitted) => {
        if ('status' in admitted) return refuse(socket, admitted.status);
        return sockets.handleUpgrade(request, socket, head, (open) => {
          const { view, query } = admitted;
          if (view.kind === 'live') options.live(open, view, query);
          else options.playback(open, view);
        });
      },
      (error: unknown) => {
        rt.log.warn({ err: error }, 'a ticket could not be judged');
        refuse(socket, 503);
      },
    );
  });
  const pings = keepAlive(sockets);
  return {
    server,
    close() {
      clearInterval(pings);
      for (const socket of sockets.clients) socket.close(1012);
      server.close();
      server.closeAllConnections();
    },
  };
}

type Admission = { readonly view: TakenView; readonly query: URLSearchParams } | { readonly status: number };

/** A ticket is taken last, so that a refusal for another reason does not cost it. */
async function admit(rt: Runtime, request: IncomingMessage, open: number): Promise<Admission> {
  const url = urlOf(request);
  if (url.pathname !== '/video/ws') return { status: 404 };
  if (foreignOrigin(request, rt.config.publicUrl) !== null) return { status: 403 };
  if (open >= maxSockets) return { status: 503 };
  const view = await takeTicket(rt, url.searchParams.get('ticket') ?? '');
  return view === null ? { status: 401 } : { view, query: url.searchParams };
}

const reasons: Readonly<Record<number, string>> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  503: 'Service Unavailable',
};
function refuse(socket: Duplex, status: number): void {
  socket.end(`HTTP/1.1 ${status} ${reasons[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** A browser that vanished without a word holds no stream for longer than two rounds. */
function keepAlive(sockets: WebSocketServer): NodeJS.Timeout {
  const silent = new WeakSet<WebSocket>();
  return setInterval(() => {
    for (const socket of sockets.clients) {
      if (silent.has(socket)) {
        socket.terminate();
        continue;
      }
      silent.add(socket);
      socket.once('pong', () => silent.delete(socket));
      socket.ping();
    }
  }, pingMs);
}

async function answer(
  rt: Runtime,
  options: MediaServerOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = urlOf(request);
  response.setHeader('cache-control', 'no-store');
  response.setHeader('x-content-type-options', 'nosniff');
  // Pages of our own embed stills; the signature is what admits them.
  response.setHeader('cross-origin-resource-policy', 'cross-origin');
  const { origin } = request.headers;
  if (foreignOrigin(request, rt.config.publicUrl) !== null) return end(response, 403);
  if (origin !== undefined) {
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('access-control-expose-headers', 'location');
    response.setHeader('vary', 'origin');
  }
  if (request.method === 'OPTIONS') {
    response.setHeader('access-control-allow-methods', 'GET, POST, DELETE');
    response.setHeader('access-control-allow-headers', 'content-type');
    return end(response, 204);
  }
  if (url.pathname.startsWith('/video/whep'))
    return options.whep ? options.whep(request, response, url) : end(response, 501);
  if (url.pathname.startsWith('/video/still/') && request.method === 'GET') return sendStill(rt, url, response);
  return end(response, 404);
}

async function sendStill(rt: Runtime, url: URL, response: ServerResponse): Promise<void> {
  const cameraId = url.pathname.slice('/video/still/'.length);
  const until = url.searchParams.get('until') ?? '';
  const signature = url.searchParams.get('sig') ?? '';
  if (!uuid.test(cameraId) || !rt.keys.verify(signature, 'video.still', cameraId, until)) return end(response, 401);
  if (!(Number(until) >= rt.clock.nowMs())) return end(response, 410);
  const path = Stills.pathOf(rt.config.dataDir, cameraId);
  const file = await stat(path).catch(() => null);
  if (file === null) return end(response, 404);
  response.writeHead(200, {
    'content-type': 'image/jpeg',
    'content-length': file.size,
    'last-modified': file.mtime.toUTCString(),
    'cache-control': 'private, max-age=30',
  });
  await pipeline(createReadStream(path, { end: Math.max(0, file.size - 1) }), response).catch(() => response.destroy());
}

function end(response: ServerResponse, status: number): void {
  response.writeHead(status).end();
}
function urlOf(request: IncomingMessage): URL {
  return URL.parse(request.url ?? '/', 'http://worker') ?? new URL('http://worker/');
}
