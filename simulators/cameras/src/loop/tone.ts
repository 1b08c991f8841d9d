/** A quiet tone in G.711 A-law, for cameras with a microphone: 440 Hz at 8 kHz, 20 ms a packet. */
import { encodeG711, type AudioTrack } from '@wangge/codec';

export const toneTrack: AudioTrack = { kind: 'audio', codec: 'pcma', sampleRate: 8000, channels: 1 };
export const tonePacketUs = 20_000;
const samples = 160;
/** 440 Hz has 44 whole periods in 100 ms: five packets that follow one another without a click. */
const cycle = 5;

const packets = Array.from({ length: cycle }, (_, index) => {
  const wave = Int16Array.from({ length: samples }, (__, at) =>
    Math.round(1200 * Math.sin((2 * Math.PI * 440 * (index * samples + at)) / 8000)),
  );
  return encodeG711('pcma', wave);
});

export const tonePacket = (index: number): Uint8Array => packets[index % cycle]!;
