/** Sound to the camera's speaker: G.711 on RTP through the ONVIF backchannel. */
import { randomBytes } from 'node:crypto';
import { buildRtp } from '@wangge/rtp';
import type { Link } from './link.ts';

/** 20 ms of G.711 (RFC 3551 §4.2). */
const packetBytes = 160;
/** After a silence of this length the stamps follow the clock again, and the packet begins a talkspurt. */
const silenceMs = 200;

export class Backchannel {
  readonly codec: 'pcma' | 'pcmu';
  readonly #link: Link;
  readonly #payloadType: number;
  readonly #ssrc = randomBytes(4).readUInt32BE();
  #sequence = randomBytes(2).readUInt16BE();
  #timestamp = randomBytes(4).readUInt32BE();
  /** When what was sent will have been played, milliseconds. */
  #playedAtMs: number | undefined;

  constructor(codec: 'pcma' | 'pcmu', payloadType: number, link: Link) {
    this.codec = codec;
    this.#payloadType = payloadType;
    this.#link = link;
  }

  /**
   * Sends sound now; it is for the caller to send it at the pace at which it is to be heard.
   *
   * @param data bytes of G.711, 8000 a second
   * @returns false where the connection is congested and some of it was left out
   */
  send(data: Uint8Array, nowMs = performance.now()): boolean {
    let marker = this.#catchUp(nowMs);
    let whole = true;
    for (let at = 0; at < data.length; at += packetBytes) {
      const payload = data.subarray(at, at + packetBytes);
      const head = { payloadType: this.#payloadType, marker, sequence: this.#sequence, timestamp: this.#timestamp };
      if (!this.#link.send(buildRtp({ ...head, ssrc: this.#ssrc }, payload))) whole = false;
      marker = false;
      this.#sequence = (this.#sequence + 1) & 0xffff;
      this.#timestamp = (this.#timestamp + payload.length) >>> 0;
    }
    this.#playedAtMs = Math.max(this.#playedAtMs ?? nowMs, nowMs) + data.length / 8;
    return whole;
  }

  /** @returns whether a talkspurt begins */
  #catchUp(nowMs: number): boolean {
    if (this.#playedAtMs === undefined) return true;
    const silence = nowMs - this.#playedAtMs;
    if (silence < silenceMs) return false;
    this.#timestamp = (this.#timestamp + Math.round(silence * 8)) >>> 0;
    return true;
  }
}
