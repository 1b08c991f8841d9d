/** How many pictures may precede a picture in decoding order and follow it in display order (B-frames). */
import type { VideoCodec } from '@wangge/codec';
import { BitReader } from './bits.ts';
import { rulesFor } from './depay/nal-rules.ts';

/**
 * Depth as told by the sequence parameter set: max_num_reorder_frames (ITU-T H.264 §E.2.1), sps_max_num_reorder_pics
 * (ITU-T H.265 §7.4.3.2.1). Undefined where it does not say, or is garbage.
 */
export function reorderDepth(codec: VideoCodec, sets: readonly Uint8Array[]): number | undefined {
  const rules = rulesFor(codec);
  const spsType = rules.parameterSets.at(-2);
  const sps = sets.find((one) => one.length > rules.headerSize && rules.type(one) === spsType);
  if (sps === undefined) return undefined;
  try {
    const depth = codec === 'h264' ? depthOfH264(new BitReader(sps, 1)) : depthOfH265(new BitReader(sps, 2));
    return depth !== undefined && depth <= 16 ? depth : undefined;
  } catch {
    return undefined;
  }
}

const highProfiles = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

function depthOfH264(bits: BitReader): number | undefined {
  const profile = bits.bits(8);
  bits.skip(16);
  bits.ue();
  if (profile === 66) return 0;
  if (highProfiles.has(profile)) skipHighFields(bits);
  bits.ue();
  const orderType = bits.ue();
  // Type 2: output order is decoding order (§8.2.1.3).
  if (orderType === 2) return 0;
  if (orderType === 0) bits.ue();
  else skipOrderCycle(bits);
  bits.ue();
  bits.skip(1);
  bits.ue();
  bits.ue();
  if (!bits.flag()) bits.skip(1);
  bits.skip(1);
  if (bits.flag()) for (let side = 0; side < 4; side += 1) bits.ue();
  return bits.flag() ? depthOfVui(bits) : undefined;
}

function skipHighFields(bits: BitReader): void {
  if (bits.ue() === 3) bits.skip(1);
  bits.ue();
  bits.ue();
  bits.skip(1);
  if (!bits.flag()) return;
  // Scaling lists: eight at most are told with 4:2:0; they are read over (§7.3.2.1.1.1).
  for (let list = 0; list < 8; list += 1) {
    if (!bits.flag()) continue;
    let last = 8;
    let next = 8;
    for (let index = 0; index < (list < 6 ? 16 : 64); index += 1) {
      if (next !== 0) next = (last + bits.se() + 256) % 256;
      if (next !== 0) last = next;
    }
  }
}

function skipOrderCycle(bits: BitReader): void {
  bits.skip(1);
  bits.se();
  bits.se();
  const count = Math.min(bits.ue(), 255);
  for (let index = 0; index < count; index += 1) bits.se();
}

/** ITU-T H.264 §E.1.1. */
function depthOfVui(bits: BitReader): number | undefined {
  if (bits.flag() && bits.bits(8) === 255) bits.skip(32);
  if (bits.flag()) bits.skip(1);
  if (bits.flag()) {
    bits.skip(4);
    if (bits.flag()) bits.skip(24);
  }
  if (bits.flag()) {
    bits.ue();
    bits.ue();
  }
  if (bits.flag()) bits.skip(65);
  const nal = bits.flag();
  if (nal) skipHrd(bits);
  const vcl = bits.flag();
  if (vcl) skipHrd(bits);
  if (nal || vcl) bits.skip(1);
  bits.skip(1);
  if (!bits.flag()) return undefined;
  bits.skip(1);
  for (let field = 0; field < 4; field += 1) bits.ue();
  return bits.ue();
}

function skipHrd(bits: BitReader): void {
  const count = Math.min(bits.ue() + 1, 32);
  bits.skip(8);
  for (let index = 0; index < count; index += 1) {
    bits.ue();
    bits.ue();
    bits.skip(1);
  }
  bits.skip(20);
}

function depthOfH265(bits: BitReader): number | undefined {
  bits.skip(4);
  const subLayers = bits.bits(3);
  bits.skip(1);
  skipProfileTierLevel(bits, subLayers);
  bits.ue();
  if (bits.ue() === 3) bits.skip(1);
  bits.ue();
  bits.ue();
  if (bits.flag()) for (let side = 0; side < 4; side += 1) bits.ue();
  bits.ue();
  bits.ue();
  bits.ue();
  let depth = 0;
  for (let layer = bits.flag() ? 0 : subLayers; layer <= subLayers; layer += 1) {
    bits.ue();
    depth = bits.ue();
    bits.ue();
  }
  return depth;
}

/** ITU-T H.265 §7.3.3. */
function skipProfileTierLevel(bits: BitReader, subLayers: number): void {
  bits.skip(96);
  if (subLayers === 0) return;
  const present = Array.from({ length: 8 }, () => ({ profile: bits.flag(), level: bits.flag() }));
  for (const layer of present.slice(0, subLayers)) {
    if (layer.profile) bits.skip(88);
    if (layer.level) bits.skip(8);
  }
}
