import { answerCall, invite, userOf, type Call, type ServerTransaction, type SipEndpoint } from '@wangge/sip';
import { GbError } from '../error.ts';
import { answerTransport, audioPayloads, buildMedia, parseMedia, videoPayloads } from '../media/offer.ts';
import type { MediaDescription, MediaTransport, SessionKind } from '../media/offer.ts';
import { ssrcText } from '../media/ssrc.ts';
import { asGbError, fromOf, sdpType, uriOf, type Peer } from '../wire.ts';
import { createSession, type MediaSession } from './media-session.ts';

/** Where the caller's media engine waits. */
export interface LocalMedia {
  readonly address: string;
  readonly port: number;
  readonly transport: MediaTransport;
  readonly ssrc: number;
}

export interface InviteRequest {
  readonly kind: Exclude<SessionKind, 'Broadcast'>;
  readonly channelId: string;
  readonly local: LocalMedia;
  /** Of Playback and Download, milliseconds since the epoch. */
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  /** Of Download. */
  readonly speed?: number | undefined;
  /** `f=`: 0 main stream, 1 sub-stream and the like, as the device documents it. */
  readonly format?: string | undefined;
  /** Default 18 s: cameras on 4G take long to wake. */
  readonly timeoutMs?: number | undefined;
  readonly signal?: AbortSignal | undefined;
}

interface Running {
  readonly session: MediaSession;
  readonly callId: string;
  readonly markFinished: () => void;
}

/** INVITE dialogs of the platform: streams that it asks for. */
export class MediaSessions {
  readonly #endpoint: SipEndpoint;
  readonly #running = new Set<Running>();
  readonly #onInside: (deviceId: string, transaction: ServerTransaction) => void;

  constructor(endpoint: SipEndpoint, onInside: (deviceId: string, transaction: ServerTransaction) => void) {
    this.#endpoint = endpoint;
    this.#onInside = onInside;
  }

  get size(): number {
    return this.#running.size;
  }

  /** @throws GbError `refused`, `timeout`, `value` (an answer that cannot be read: the call is hung up) */
  async invite(deviceId: string, peer: Peer, request: InviteRequest): Promise<MediaSession> {
    const local = offerOf(request);
    const { channelId } = request;
    const uri = uriOf(channelId, peer.remote);
    const outgoing = invite(this.#endpoint, {
      uri,
      from: fromOf(peer),
      to: `<${uri}>`,
      contact: this.#endpoint.contact(peer.localId, peer.remote),
      remote: peer.remote,
      headers: { subject: `${channelId}:${ssrcText(request.local.ssrc)},${peer.localId}:0`, 'x-gb-ver': peer.version },
      content: { type: sdpType, body: Buffer.from(buildMedia(local), 'latin1') },
      timeoutMs: request.timeoutMs ?? 18_000,
    });
    const abort = (): void => outgoing.cancel();
    if (request.signal?.aborted) abort();
    request.signal?.addEventListener('abort', abort);
    try {
      const { call, response } = await outgoing.answered;
      return this.#begin(call, deviceId, channelId, local, response.body, peer.remote.host);
    } catch (error) {
      throw asGbError(error);
    } finally {
      request.signal?.removeEventListener('abort', abort);
    }
  }

  /** Takes the INVITE that a device sends after a broadcast order (§9.12) and gives it the platform's sound. */
  async answer(
    transaction: ServerTransaction,
    peer: Peer,
    deviceId: string,
    provide: (offer: MediaDescription) => Promise<Omit<LocalMedia, 'transport' | 'ssrc'>>,
  ): Promise<MediaSession> {
    const { request, source } = transaction;
    try {
      const remote = parseMedia(request.body, { address: source.host });
      const { address, port } = await provide(remote);
      const local: MediaDescription = {
        kind: remote.kind,
        media: 'audio',
        owner: peer.localId,
        address,
        port,
        transport: answerTransport(remote.transport),
        direction: remote.direction === 'sendrecv' ? 'sendrecv' : 'sendonly',
        payloads: audioPayloads,
        ssrc: remote.ssrc,
        format: 'v/////a/1/8/1',
      };
      const content = { type: sdpType, body: Buffer.from(buildMedia(local), 'latin1') };
      const contact = this.#endpoint.contact(peer.localId, source);
      const { call, acknowledged } = answerCall(this.#endpoint, transaction, { contact, content });
      const channelId = userOf(request.headers.get('from'));
      const session = this.#add(call, { deviceId, channelId, local, remote, ssrc: remote.ssrc });
      await acknowledged;
      return session;
    } catch (error) {
      transaction.respond({ status: 488 });
      throw asGbError(error);
    }
  }

  /** MediaStatus 121 of a device: by the dialog it came in, else by channel; the oldest history stream is meant. */
  markFinished(deviceId: string, channelId: string, callId: string): void {
    const ofDevice = [...this.#running].filter(({ session }) => session.deviceId === deviceId);
    const history = ofDevice.filter(
      ({ session }) => session.local.kind === 'Playback' || session.local.kind === 'Download',
    );
    const one =
      ofDevice.find((running) => running.callId === callId) ??
      history.find(({ session }) => session.channelId === channelId);
    one?.markFinished();
  }

  /** The device left: its streams are over, whether it says so or not. */
  endAll(deviceId: string): void {
    for (const { session } of this.#running) if (session.deviceId === deviceId) void session.bye();
  }

  #begin(
    call: Call,
    deviceId: string,
    channelId: string,
    local: MediaDescription,
    body: Buffer,
    host: string,
  ): MediaSession {
    let remote: MediaDescription;
    try {
      remote = parseMedia(body, { address: host, kind: local.kind });
    } catch (error) {
      void call.bye();
      throw error;
    }
    return this.#add(call, { deviceId, channelId, local, remote, ssrc: remote.ssrc ?? local.ssrc });
  }

  #add(call: Call, parts: Parameters<typeof createSession>[1]): MediaSession {
    const { session, markFinished } = createSession(call, parts);
    const running = { session, callId: call.callId, markFinished };
    this.#running.add(running);
    void call.ended.then(() => this.#running.delete(running));
    call.onRequest = (transaction) => {
      transaction.respond({ status: 200 });
      this.#onInside(parts.deviceId, transaction);
    };
    return session;
  }
}

function offerOf({ kind, channelId, local, startMs, endMs, speed, format }: InviteRequest): MediaDescription {
  const history = kind === 'Playback' || kind === 'Download';
  if (history && !(startMs !== undefined && endMs !== undefined && startMs < endMs))
    throw new GbError('value', 'times');
  const talk = kind === 'Talk';
  return {
    ...local,
    kind,
    media: talk ? 'audio' : 'video',
    owner: channelId,
    direction: talk ? 'sendrecv' : 'recvonly',
    payloads: talk ? audioPayloads : videoPayloads,
    ...(history ? { channelId, startMs, endMs } : {}),
    downloadSpeed: kind === 'Download' ? (speed ?? 4) : undefined,
    format: format ?? (talk ? 'v/////a/1/8/1' : undefined),
  };
}
