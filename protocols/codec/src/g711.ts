/** G.711 (ITU-T, 1988) both ways between its bytes and 16-bit samples, by tables. */

const segmentShift = 4;

/** A-law §3: even bits are inverted on the line. */
function decodeAlaw(code: number): number {
  const value = code ^ 0x55;
  const segment = (value & 0x70) >> segmentShift;
  const mantissa = ((value & 0x0f) << 4) + 8;
  const magnitude = segment === 0 ? mantissa : (mantissa + 0x100) << (segment - 1);
  return value & 0x80 ? magnitude : -magnitude;
}

/** µ-law §3: all bits are inverted on the line; 0x84 is the bias of a 16-bit scale. */
function decodeUlaw(code: number): number {
  const value = ~code & 0xff;
  const magnitude = ((((value & 0x0f) << 3) + 0x84) << ((value & 0x70) >> segmentShift)) - 0x84;
  return value & 0x80 ? -magnitude : magnitude;
}

function encodeAlaw(sample: number): number {
  const sign = sample >= 0 ? 0x80 : 0;
  const magnitude = Math.min(sample >= 0 ? sample : -sample - 1, 32_767) >> 4;
  const segment = magnitude < 16 ? 0 : 28 - Math.clz32(magnitude);
  const mantissa = (segment < 2 ? magnitude : magnitude >> (segment - 1)) & 0x0f;
  return (sign | (segment << segmentShift) | mantissa) ^ 0x55;
}

function encodeUlaw(sample: number): number {
  const sign = sample < 0 ? 0x80 : 0;
  const magnitude = Math.min(Math.abs(sample), 32_635) + 0x84;
  const segment = 24 - Math.clz32(magnitude);
  return ~(sign | (segment << segmentShift) | ((magnitude >> (segment + 3)) & 0x0f)) & 0xff;
}

type Law = 'pcma' | 'pcmu';
const decoded: Record<Law, Int16Array> = {
  pcma: Int16Array.from({ length: 256 }, (_, code) => decodeAlaw(code)),
  pcmu: Int16Array.from({ length: 256 }, (_, code) => decodeUlaw(code)),
};
/** Index: the sample as an unsigned number of 16 bits. */
const encoded: Record<Law, Uint8Array> = {
  pcma: Uint8Array.from({ length: 65_536 }, (_, sample) => encodeAlaw((sample << 16) >> 16)),
  pcmu: Uint8Array.from({ length: 65_536 }, (_, sample) => encodeUlaw((sample << 16) >> 16)),
};

/** Bytes of G.711 to samples of 16 bits. */
export function decodeG711(law: Law, bytes: Uint8Array): Int16Array {
  const table = decoded[law];
  const samples = new Int16Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) samples[i] = table[bytes[i] ?? 0] ?? 0;
  return samples;
}

/** Samples of 16 bits to bytes of G.711. */
export function encodeG711(law: Law, samples: Int16Array): Uint8Array {
  const table = encoded[law];
  const bytes = new Uint8Array(samples.length);
  for (let i = 0; i < samples.length; i++) bytes[i] = table[(samples[i] ?? 0) & 0xffff] ?? 0;
  return bytes;
}
