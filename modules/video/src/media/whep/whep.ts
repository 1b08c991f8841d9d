/** WHEP: a browser posts an offer with its ticket and gets an answer; DELETE of the answer's address ends it. */
import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { AppError } from '@wangge/contract-kit';
import type { Track } from '@wangge/codec';
import type { Runtime } from '@wangge/kernel';
import { takeTicket, type TakenView } from '../../watch/tickets.ts';
import type { Hubs } from '../hub.ts';
import type { OpenViews } from '../views.ts';
import { readOffer } from './offer.ts';
import { obstacleOf, Peer } from './peer.ts';
import type { Rtc } from './senders.ts';

const longestOffer = 64 << 10;
/** For a cold camera to say what it sends. */
const patienceMs = 12_000;

export interface Whep {
  answer(request: IncomingMessage, response: ServerResponse, url: URL): Promise<void>;
  close(): void;
}

export function openWhep(rt: Runtime, rtc: Rtc, hubs: Hubs, views: OpenViews): Whep {
  const peers = new Map<string, Peer>();

  async function open(request: IncomingMessage, url: URL): Promise<Answer> {
    const sdp = await readBody(request);
    if (sdp === null) return { status: 413, text: 'the offer is too large' };
    const offer = readOffer(sdp);
    if (!offer.video) return { status: 406, text: 'the offer takes no H.264 with packetization mode 1' };
    const view = await takeTicket(rt, url.searchParams.get('ticket') ?? '');
    if (view?.kind !== 'live') return { status: 401, text: 'no such ticket' };
    return connect(view, sdp);
  }

  async function connect({ viewId, cameraId, variant }: TakenView, sdp: string): Promise<Answer> {
    const id = randomUUID();
    const hangUp = (): void => peers.get(id)?.end();
    views.begin(viewId, hangUp);
    const refuse = (status: number, text: string): Answer => {
      views.end(viewId, hangUp);
      return { status, text };
    };
    let tracks: readonly Track[];
    try {
      tracks = await firstTracks(hubs, cameraId, variant);
    } catch (error) {
      if (error instanceof AppError) return refuse(error.status, error.code);
      throw error;
    }
    if (tracks.length === 0) return refuse(503, 'the camera sends nothing now');
    const obstacle = obstacleOf(tracks);
    if (obstacle !== null) return refuse(406, obstacle);
    const peer = new Peer(rtc, tracks, () => {
      peers.delete(id);
      views.end(viewId, hangUp);
    });
    peers.set(id, peer);
    try {
      const text = await peer.answer(rtc, sdp, readOffer(sdp));
      peer.start(await hubs.subscribe(cameraId, variant, peer.subscriber));
      return { status: 201, text, id };
    } catch (error) {
      peer.end();
      rt.log.warn({ err: error, cameraId }, 'an offer could not be answered');
      return { status: 400, text: 'the offer could not be answered' };
    }
  }

  return {
    async answer(request, response, url) {
      if (request.method === 'DELETE') {
        peers.get(url.pathname.slice('/video/whep/'.length))?.end();
        return void response.writeHead(200).end();
      }
      if (request.method !== 'POST' || url.pathname !== '/video/whep') return void response.writeHead(404).end();
      const { status, text, id } = await open(request, url);
      response.writeHead(status, {
        'content-type': status === 201 ? 'application/sdp' : 'text/plain; charset=utf-8',
        ...(id === undefined ? {} : { location: `/video/whep/${id}` }),
      });
      return void response.end(text);
    },
    close() {
      for (const peer of peers.values()) peer.end();
    },
  };
}

interface Answer {
  readonly status: number;
  readonly text: string;
  readonly id?: string;
}

/** What a stream consists of; empty when it does not come in time or the line is broken. */
async function firstTracks(hubs: Hubs, cameraId: string, variant: 'main' | 'sub'): Promise<readonly Track[]> {
  let settle: (tracks: readonly Track[]) => void = () => undefined;
  const told = new Promise<readonly Track[]>((done) => (settle = done));
  const timer = setTimeout(() => settle([]), patienceMs);
  const subscription = await hubs.subscribe(cameraId, variant, {
    // Without parameter sets nothing is known of the order of pictures.
    onTracks: (tracks) =>
      tracks.every((track) => track.kind !== 'video' || track.parameterSets.length > 0) && settle(tracks),
    onFrame: () => undefined,
    onLink: (problem) => problem !== null && settle([]),
  });
  try {
    return await told;
  } finally {
    clearTimeout(timer);
    // The hub stays for a while, and the viewer takes it over.
    subscription.close();
  }
}

async function readBody(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > longestOffer) return null;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
