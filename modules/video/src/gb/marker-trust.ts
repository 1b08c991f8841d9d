/** Does the marker bit mean that a picture is complete? With some devices it is set on every packet. */
import type { RtpPacket } from '@wangge/rtp';

/** So many pictures in a row must end with a marker before it is believed. */
const enough = 10;

export class MarkerTrust {
  #kept = 0;
  #broken = false;

  /** @param last the packet before */
  see(packet: Pick<RtpPacket, 'timestamp'>, last: Pick<RtpPacket, 'timestamp' | 'marker'> | undefined): void {
    if (!last) return;
    const next = packet.timestamp !== last.timestamp;
    if (last.marker && !next) this.#broken = true;
    else if (last.marker) this.#kept++;
  }
  get trusted(): boolean {
    return !this.#broken && this.#kept >= enough;
  }
}
