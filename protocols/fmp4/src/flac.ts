import { Buffer } from 'node:buffer';
import { box, bytes, fullBox, u16, zeros } from './box.ts';

/** Blocks of FLAC have 16 to 65,535 samples (RFC 9639 §8.2). */
const minBlock = 16;
const maxBlock = 65_535;

/** CRC-8 of headers: polynomial 0x07 (§9.1.8). */
const crc8Table = Uint8Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x80 ? (crc << 1) ^ 0x07 : crc << 1;
  return crc & 0xff;
});
/** CRC-16 of frames: polynomial 0x8005 (§9.3). */
const crc16Table = Uint16Array.from({ length: 256 }, (_, byte) => {
  let crc = byte << 8;
  for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? (crc << 1) ^ 0x8005 : crc << 1;
  return crc & 0xffff;
});

/**
 * One frame of FLAC (RFC 9639 §9) of one channel of 16 bits, its samples verbatim: browsers play FLAC out of MP4, but
 * not G.711, and at 8 kHz saving half of 128 kbit/s is not worth an encoder. Nothing for a block of impossible size.
 *
 * @param firstSample number of the first sample in the stream
 */
export function flacFrame(samples: Int16Array, firstSample: number): Buffer | undefined {
  const count = samples.length;
  if (count < minBlock || count > maxBlock) return undefined;
  const number = codedNumber(firstSample);
  const headerBytes = 4 + number.length + 2 + 1;
  const out = Buffer.allocUnsafe(headerBytes + 1 + count * 2 + 2);
  // Variable block size, told in 16 bits; rate as in STREAMINFO; one channel; 16 bits.
  out.writeUInt32BE(0xff_f9_70_08, 0);
  number.copy(out, 4);
  out.writeUInt16BE(count - 1, 4 + number.length);
  let crc8 = 0;
  for (let i = 0; i < headerBytes - 1; i++) crc8 = crc8Table[crc8 ^ (out[i] ?? 0)] ?? 0;
  out[headerBytes - 1] = crc8;
  // Verbatim subframe.
  out[headerBytes] = 0x02;
  let at = headerBytes + 1;
  for (const sample of samples) at = out.writeInt16BE(sample, at);
  let crc16 = 0;
  for (let i = 0; i < at; i++) crc16 = ((crc16 << 8) & 0xffff) ^ (crc16Table[(crc16 >> 8) ^ (out[i] ?? 0)] ?? 0);
  out.writeUInt16BE(crc16, at);
  return out;
}

/** The sample's number coded as UTF-8 codes characters, up to 36 bits (§9.1.5). */
function codedNumber(value: number): Buffer {
  if (value < 0x80) return bytes(value);
  const tail: number[] = [];
  let rest = value;
  // With n bytes behind it the lead byte has room for 6 - n bits.
  do {
    tail.unshift(0x80 | (rest % 64));
    rest = Math.floor(rest / 64);
  } while (rest >= 2 ** (6 - tail.length));
  const lead = (0xff << (7 - tail.length)) & 0xff;
  return bytes(lead | rest, ...tail);
}

/** Sample entry of one channel of 16 bits (Encapsulation of FLAC in ISOBMFF §3.3). */
export function flacEntry(sampleRate: number): Buffer {
  const head = Buffer.concat([zeros(6), u16(1), zeros(8), u16(1, 16, 0, 0, sampleRate, 0)]);
  const info = Buffer.alloc(34);
  info.writeUInt16BE(minBlock, 0);
  info.writeUInt16BE(maxBlock, 2);
  // 20 bits of rate, 3 of channels less one, 5 of bits less one.
  info.writeUInt32BE(((sampleRate << 12) | (15 << 4)) >>> 0, 10);
  return box('fLaC', head, fullBox('dfLa', 0, 0, bytes(0x80, 0, 0, 34), info));
}
