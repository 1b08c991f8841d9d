/** A media worker: pulls cameras on demand and sends them to browsers. */
import type { AddressInfo } from 'node:net';
import type { SecureContextOptions } from 'node:tls';
import type { Server } from 'node:http';
import type { Runtime } from '@wangge/kernel';
import type { WebSocket } from 'ws';
import { ffmpegPath } from '../ffmpeg.ts';
import type { TakenView } from '../watch/tickets.ts';
import type { Hubs } from './hub.ts';
import { openHubs, type SourceKinds } from './hubs.ts';
import { innerServer } from './inner.ts';
import { LinkStates } from './link-states.ts';
import { openLiveDesk } from './live-desk.ts';
import { announceNode } from './nodes.ts';
import { openRtspSource } from './rtsp-source.ts';
import { mediaServer } from './server.ts';
import { Stills } from './stills.ts';
import { loadRtc } from './whep/load-rtc.ts';
import { openWhep } from './whep/whep.ts';
import { OpenViews } from './views.ts';

export { giveTicket } from '../watch/tickets.ts';
export type { SourceKinds } from './hubs.ts';

const announceMs = 3000;

/** What else takes streams in this process (recordings); it is closed before the hubs are. */
export type StreamTaker = (
  rt: Runtime,
  hubs: Hubs,
  at: { readonly shard: number; readonly shards: number },
) => Promise<{ close(): Promise<void> }>;

export interface MediaOptions {
  readonly host: string;
  /** 0: the system chooses. */
  readonly port: number;
  /** Where browsers reach it, http or https, by the port it listens on; made of host and port unless told. */
  readonly publicUrl?: (port: number) => string;
  readonly shard: number;
  readonly shards: number;
  readonly tls?: SecureContextOptions | undefined;
  /** How cameras of other kinds than `rtsp` are pulled. */
  readonly kinds?: SourceKinds;
  readonly takers?: readonly StreamTaker[];
  /** Serves a socket whose ticket is for looking back. */
  readonly playback?: (socket: WebSocket, view: TakenView) => void;
}
export interface RunningMedia {
  readonly port: number;
  readonly innerUrl: string;
  readonly server: Server;
  /** Streams that are pulled now. */
  streams(): number;
  close(): Promise<void>;
}

/** @throws Error with `code` EADDRINUSE or EACCES when the port cannot be had; nothing is left running then */
export async function startMedia(rt: Runtime, options: MediaOptions): Promise<RunningMedia> {
  const { shard, shards } = options;
  const states = new LinkStates(rt);
  const stills = new Stills({
    dataDir: rt.config.dataDir,
    onMade: (cameraId, atMs) => states.still(cameraId, atMs),
    onFault: (error) => rt.log.warn({ err: error }, 'no still'),
  });
  const hubs = openHubs(rt, {
    kinds: { rtsp: openRtspSource, ...options.kinds },
    states: {
      link: (target, problem, reason) => states.link(target, problem, reason),
      left: (target) => {
        states.left(target);
        stills.ended(target.cameraId);
      },
      picture: (target, frame, wallMs) => {
        states.picture(target, frame, wallMs);
        stills.offer(target.cameraId, frame, wallMs);
      },
    },
  });
  const views = new OpenViews(rt);
  const rtc = await loadRtc();
  const whep = rtc && openWhep(rt, rtc, hubs, views);
  const media = mediaServer(rt, {
    tls: options.tls,
    live: openLiveDesk(rt, hubs, views),
    whep: whep?.answer,
    playback: options.playback ?? ((socket) => socket.close(1011, 'no recordings here')),
  });
  const inner = innerServer(rt);
  const takers: { close(): Promise<void> }[] = [];
  let announcing: NodeJS.Timeout | undefined;

  const close = async (): Promise<void> => {
    clearInterval(announcing);
    media.close();
    whep?.close();
    inner.close();
    inner.closeAllConnections();
    for (const taker of takers) await taker.close();
    await views.close();
    await hubs.close();
    await stills.close();
    await states.close();
  };
  try {
    await listen(media.server, options.port, options.host);
    await listen(inner, 0, '127.0.0.1');
    const port = portOf(media.server);
    const innerUrl = `http://127.0.0.1:${portOf(inner)}`;
    const publicUrl = socketUrl(options.publicUrl?.(port) ?? ownUrl(options, port));
    const facts = { webrtc: rtc !== null, ffmpeg: ffmpegPath() !== null };
    const announce = (): Promise<void> => announceNode(rt, 'media', { shard, shards, publicUrl, innerUrl, facts });
    await announce();
    announcing = setInterval(() => {
      announce().catch((error: unknown) => rt.log.warn({ err: error }, 'the worker could not announce itself'));
    }, announceMs);
    for (const take of options.takers ?? []) takers.push(await take(rt, hubs, { shard, shards }));
    return { port, innerUrl, server: media.server, streams: () => hubs.count(), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((done, fail) => {
    server.once('error', fail);
    server.listen(port, host, () => {
      server.off('error', fail);
      done();
    });
  });
}
function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
function ownUrl({ host, tls }: MediaOptions, port: number): string {
  const name = host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host;
  return `${tls ? 'https' : 'http'}://${name.includes(':') ? `[${name}]` : name}:${port}`;
}
/** Nodes are announced with the address for WebSockets. */
function socketUrl(url: string): string {
  return url.replace(/^http/, 'ws').replace(/\/+$/, '');
}
