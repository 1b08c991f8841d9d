import { answerCall, userOf, type Call, type ServerTransaction, type SipEndpoint } from '@wangge/sip';
import { parseMansRtsp } from '../control/mansrtsp.ts';
import { answerTransport, audioPayloads, buildMedia, parseMedia } from '../media/offer.ts';
import type { MediaDescription } from '../media/offer.ts';
import type { MessageOf } from '../message/codec.ts';
import { mansCdp, messageContent, sdpType } from '../wire.ts';
import { inwardId } from './queries.ts';
import type { DeviceSource, StreamGrant } from './types.ts';
import type { Uplink } from './uplink.ts';

/** Streams that platforms above ask for: INVITE, MANSRTSP, end of file, BYE (2016 §9.2, §9.8, §9.9). */
export class Streams {
  readonly #endpoint: SipEndpoint;
  readonly #source: DeviceSource;
  readonly #calls = new Set<Call>();
  readonly #onError: (error: unknown) => void;

  constructor(endpoint: SipEndpoint, source: DeviceSource, onError: (error: unknown) => void) {
    this.#endpoint = endpoint;
    this.#source = source;
    this.#onError = onError;
  }

  get size(): number {
    return this.#calls.size;
  }

  async answer(transaction: ServerTransaction, uplink: Uplink): Promise<void> {
    const { request, source } = transaction;
    const asked = userOf(`<${request.uri}>`);
    // Some platforms put the device into the request line and the channel only into Subject.
    const subject = /^\s*([0-9A-Za-z]{1,40})\s*:/.exec(request.headers.get('subject') ?? '')?.[1];
    const named = asked === uplink.deviceId && subject ? subject : asked;
    const channelId = inwardId(uplink, named);
    if (channelId === null) return transaction.respond({ status: 404 });
    let offer: MediaDescription;
    try {
      offer = parseMedia(request.body, { address: source.host });
    } catch {
      return transaction.respond({ status: 400 });
    }
    let cancelled = false;
    transaction.onCancel = () => (cancelled = true);
    const { serverId } = uplink.options;
    const grant = await this.#source.open?.({ channelId, offer, serverId });
    if (!grant) return transaction.respond({ status: 488 });
    if (cancelled) return grant.close();
    await this.#run(transaction, uplink, named, offer, grant);
  }

  async close(): Promise<void> {
    await Promise.all([...this.#calls].map((call) => call.bye()));
  }

  async #run(
    transaction: ServerTransaction,
    uplink: Uplink,
    channelId: string,
    offer: MediaDescription,
    grant: StreamGrant,
  ): Promise<void> {
    const contact = this.#endpoint.contact(uplink.deviceId, transaction.source);
    const body = Buffer.from(buildMedia(describe(channelId, offer, grant)), 'latin1');
    const { call, acknowledged } = answerCall(this.#endpoint, transaction, {
      contact,
      content: { type: sdpType, body },
    });
    this.#calls.add(call);
    void call.ended.then(() => {
      this.#calls.delete(call);
      grant.close();
    });
    // A control may come in one packet with the ACK: it takes effect after the start.
    call.onRequest = (inside) => acknowledged.then(() => steer(inside, grant));
    await acknowledged;
    if (call.over) return;
    grant.start().then(
      () => this.#finish(call, uplink, channelId, offer),
      (error: unknown) => {
        this.#onError(error);
        void call.bye();
      },
    );
  }

  /** The end of a recording is told, the platform hangs up. */
  async #finish(call: Call, uplink: Uplink, channelId: string, offer: MediaDescription): Promise<void> {
    if (call.over || (offer.kind !== 'Playback' && offer.kind !== 'Download')) return;
    const message: MessageOf<'mediaStatus'> = {
      type: 'mediaStatus',
      sn: uplink.nextSn(),
      deviceId: channelId,
      notifyType: 121,
    };
    const content = messageContent(message, uplink.options.charset ?? 'GB2312');
    await call.request('MESSAGE', { content }).catch(this.#onError);
  }
}

function describe(owner: string, offer: MediaDescription, grant: StreamGrant): MediaDescription {
  const video = offer.media === 'video';
  return {
    ...offer,
    owner,
    address: grant.address,
    port: grant.port,
    transport: answerTransport(offer.transport),
    direction: offer.direction === 'sendrecv' ? 'sendrecv' : 'sendonly',
    // Of what was offered one is taken: PS where it may be.
    payloads: video ? pick(offer) : audioPayloads,
    ssrc: grant.ssrc ?? offer.ssrc,
    fileSize: grant.fileSize,
    format: video ? undefined : offer.format,
  };
}

function pick({ payloads }: MediaDescription): MediaDescription['payloads'] {
  const ps = payloads.find(({ encoding }) => encoding === 'PS');
  return [ps ?? { payload: 96, encoding: 'PS', clockRate: 90_000 }];
}

function steer(transaction: ServerTransaction, grant: StreamGrant): void {
  const { request } = transaction;
  const type = (request.headers.get('content-type') ?? '').toLowerCase();
  if (request.method !== 'INFO' || type.includes(mansCdp.toLowerCase())) return transaction.respond({ status: 200 });
  try {
    const { control } = parseMansRtsp(request.body.toString('latin1'));
    if (!grant.control) return transaction.respond({ status: 488 });
    grant.control(control);
    transaction.respond({ status: 200 });
  } catch {
    transaction.respond({ status: 400 });
  }
}
