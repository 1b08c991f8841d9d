/** Sound out of RTP: what all payload formats have in common. */
import type { RtpPacket } from '../packet.ts';

/** One unit of sound with its stamp in ticks of the payload's clock (32 bits). */
export type SoundHandler = (data: Uint8Array, timestamp: number) => void;

export interface AudioDepayloader {
  push(packet: RtpPacket): void;
  readonly malformed: number;
}

/** G.711 (RFC 3551 §4.5.14) and Opus (RFC 7587 §4.2): the payload is the sound. */
export function createPlainDepayloader(onSound: SoundHandler): AudioDepayloader {
  return {
    malformed: 0,
    push(packet) {
      if (packet.payload.length > 0) onSound(packet.payload, packet.timestamp);
    },
  };
}
