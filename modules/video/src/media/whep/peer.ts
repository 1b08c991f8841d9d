/** One browser that takes a stream by WebRTC. */
import { type Frame, ParameterSets, type Track } from '@wangge/codec';
import type { PeerConnection } from 'node-datachannel';
import type { HubSubscriber, Subscription } from '../hub.ts';
import { sameTracks } from '../same-tracks.ts';
import { type Offer } from './offer.ts';
import { addAudio, addVideo, type Rtc, type Sender } from './senders.ts';

/** Asked for a key picture more often, the cache would be sent over and over on a line that is too thin. */
const keyEveryMs = 1000;
const gatherMs = 3000;

/** Why a stream cannot be sent by WebRTC; null where it can. */
export function obstacleOf(tracks: readonly Track[]): string | null {
  const video = tracks.find((track) => track.kind === 'video');
  if (!video) return 'the camera sends no pictures';
  if (video.codec !== 'h264') return 'the camera does not send H.264';
  const sps = new ParameterSets(video.codec, video.parameterSets).sps();
  return (sps?.reorderFrames ?? 0) > 0 ? 'the camera sends pictures out of order (B-frames)' : null;
}

export class Peer {
  readonly #connection: PeerConnection;
  readonly #onEnd: () => void;
  readonly #tracks: readonly Track[];
  #video: Sender | undefined;
  #audio: Sender | undefined;
  #subscription: Subscription | undefined;
  #keyMs = 0;
  #ended = false;

  /** @param onEnd the browser is gone, or the stream cannot go on; called once */
  constructor(rtc: Rtc, tracks: readonly Track[], onEnd: () => void) {
    this.#tracks = tracks;
    this.#onEnd = onEnd;
    this.#connection = new rtc.PeerConnection('viewer', { iceServers: [], disableAutoNegotiation: true });
  }

  /**
   * @returns the answer with all addresses of this machine in it
   * @throws Error when the offer takes no H.264 or is none
   */
  async answer(rtc: Rtc, sdp: string, offer: Offer): Promise<string> {
    const connection = this.#connection;
    connection.onStateChange((state) => {
      if (state === 'closed' || state === 'failed' || state === 'disconnected') this.end();
    });
    const gathered = new Promise<void>((done) => {
      const timer = setTimeout(done, gatherMs);
      connection.onGatheringStateChange((state) => {
        if (state !== 'complete') return;
        clearTimeout(timer);
        done();
      });
    });
    connection.setRemoteDescription(sdp, 'offer');
    this.#video = addVideo(rtc, connection, offer);
    // What browsers send back on a track are reports and wishes (RTCP): they lost a picture and want a key.
    this.#video.track.onMessage((packet) => isPictureLoss(packet) && this.#sendKey());
    const sound = this.#tracks.find((track) => track.kind === 'audio');
    if (sound) this.#audio = addAudio(rtc, connection, offer, sound);
    this.#video.track.onOpen(() => this.#subscription?.resume());
    connection.setLocalDescription('answer');
    await gathered;
    return connection.localDescription()?.sdp ?? '';
  }

  /** Nothing is sent before the connection stands. */
  start(subscription: Subscription): void {
    this.#subscription = subscription;
    subscription.pause();
    if (this.#video?.track.isOpen()) subscription.resume();
  }

  get subscriber(): HubSubscriber {
    return {
      // What was negotiated holds no longer; the player asks anew.
      onTracks: (tracks) => {
        if (!sameTracks(tracks, this.#tracks) && obstacleOf(tracks) !== null) this.end();
      },
      onFrame: (frame, wallMs) => this.#onFrame(frame, wallMs),
      onStanding: (standing) => standing !== 'resumed' && this.end(),
    };
  }

  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#subscription?.close();
    // Not within a call out of the library.
    setImmediate(() => this.#connection.close());
    this.#onEnd();
  }

  #onFrame(frame: Frame, wallMs: number): void {
    if (frame.kind === 'audio') return this.#audio?.send(frame, wallMs);
    // The parameter sets did not say it: pictures come out of order, which WebRTC cannot show.
    if (frame.ptsUs !== frame.dtsUs) return this.end();
    return this.#video?.send(frame, wallMs);
  }

  #sendKey(): void {
    const nowMs = performance.now();
    if (nowMs - this.#keyMs < keyEveryMs) return;
    this.#keyMs = nowMs;
    this.#subscription?.pause();
    this.#subscription?.resume();
  }
}

/** PLI or FIR (RFC 4585 §6.3.1, RFC 5104 §4.3.1) anywhere in a compound packet. */
function isPictureLoss(packet: Buffer): boolean {
  for (let at = 0; at + 4 <= packet.length; at += 4 * (packet.readUInt16BE(at + 2) + 1)) {
    const format = packet.readUInt8(at) & 31;
    if (packet.readUInt8(at + 1) === 206 && (format === 1 || format === 4)) return true;
  }
  return false;
}
