/** Samples of 48 kHz in one frame, by the low bits of the configuration: SILK, hybrid, CELT (RFC 6716 table 2). */
const silk = [480, 960, 1920, 2880];
const hybrid = [480, 960];
const celt = [120, 240, 480, 960];

/**
 * Length of one packet of Opus in samples of 48 kHz (RFC 6716 §3.1), whatever rate it was recorded at; 0 when the
 * packet is empty or says more than the 120 ms that are allowed.
 */
export function opusPacketSamples(packet: Uint8Array): number {
  const [toc, second = 0] = packet;
  if (toc === undefined) return 0;
  const config = toc >> 3;
  const frame = config < 12 ? silk[config & 3] : config < 16 ? hybrid[config & 1] : celt[config & 3];
  const code = toc & 3;
  const frames = code === 0 ? 1 : code === 3 ? second & 0x3f : 2;
  const samples = (frame ?? 0) * frames;
  return samples > 5760 ? 0 : samples;
}
