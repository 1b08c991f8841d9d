/** The tracks of a connection, and frames as its packets. */
import type { AudioTrack, Frame } from '@wangge/codec';
import { RtpPacketizer } from '@wangge/rtp';
import type * as datachannel from 'node-datachannel';
import type { Offer } from './offer.ts';
import { Stamps } from './stamps.ts';

export type Rtc = typeof datachannel;

/** Bytes of a packet at most: with what WebRTC adds it stays below every link's limit. */
const packetBytes = 1150;
/** 20 ms of G.711 and the header of its packet: what cameras put into one piece would wait in the browser. */
const speechPacketBytes = 160 + 12;
const soundNames = { pcma: 'PCMA', pcmu: 'PCMU', opus: 'opus', aac: null } as const;

export class Sender {
  readonly track: datachannel.Track;
  readonly #packetizer: RtpPacketizer;
  readonly #stamps = new Stamps();

  constructor(track: datachannel.Track, packetizer: RtpPacketizer) {
    this.track = track;
    this.#packetizer = packetizer;
  }

  send(frame: Frame, wallMs: number): void {
    if (!this.track.isOpen()) return;
    const ptsUs = this.#stamps.of(frame.ptsUs, wallMs, Date.now());
    const { data, sizes } = this.#packetizer.packetize({ ...frame, ptsUs });
    let at = 0;
    for (const size of sizes) {
      this.track.sendMessageBinary(data.subarray(at, at + size));
      at += size;
    }
  }
}

/** @throws Error when the offer takes no H.264 */
export function addVideo(rtc: Rtc, connection: datachannel.PeerConnection, { video }: Offer): Sender {
  if (!video) throw new Error('the offer takes no H.264');
  const { mid, payloadType, parameters } = video;
  const packetizer = new RtpPacketizer({ payloadType, clockRate: 90_000, maxPacketSize: packetBytes });
  const media = new rtc.Video(mid, 'SendOnly');
  media.addH264Codec(payloadType, parameters);
  media.addSSRC(packetizer.ssrc, 'wangge', 'wangge', 'video');
  return new Sender(connection.addTrack(media), packetizer);
}

/** Sound goes along where both know its codec. */
export function addAudio(
  rtc: Rtc,
  connection: datachannel.PeerConnection,
  { audio }: Offer,
  sound: AudioTrack,
): Sender | undefined {
  const name = soundNames[sound.codec];
  const offered = name === null ? undefined : audio.get(name);
  if (name === null || !offered) return undefined;
  const { mid, payloadType } = offered;
  const clockRate = sound.codec === 'opus' ? 48_000 : sound.sampleRate;
  const maxPacketSize = sound.codec === 'opus' ? packetBytes : speechPacketBytes;
  const packetizer = new RtpPacketizer({ payloadType, clockRate, maxPacketSize });
  const media = new rtc.Audio(mid, 'SendOnly');
  if (name === 'opus') media.addOpusCodec(payloadType);
  else media.addAudioCodec(payloadType, name);
  media.addSSRC(packetizer.ssrc, 'wangge', 'wangge', 'audio');
  return new Sender(connection.addTrack(media), packetizer);
}
