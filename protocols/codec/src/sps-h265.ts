import { BitReader, CodecError, unescapeNal } from './bit-reader.ts';
import type { HevcProfile, SpsInfo } from './sps.ts';
import { readAspectRatio, skipVideoSignal } from './vui.ts';

/**
 * Reads a sequence parameter set of H.265 (§7.3.2.2, profile_tier_level §7.3.3) with its NAL header.
 *
 * @throws CodecError when it is cut short or impossible
 */
export function parseH265Sps(nal: Uint8Array): SpsInfo {
  const r = new BitReader(unescapeNal(nal, 2));
  r.skip(4);
  const temporalLayers = r.bits(3) + 1;
  if (temporalLayers > 7) throw new CodecError('more than seven temporal layers');
  const temporalIdNested = r.flag();
  const hevc = readProfile(r, temporalLayers, temporalIdNested);
  r.ueUpTo(15);
  const chromaFormat = r.ueUpTo(3);
  const separatePlanes = chromaFormat === 3 && r.flag();
  const codedWidth = r.ueUpTo(65_535);
  const codedHeight = r.ueUpTo(65_535);
  const [left = 0, right = 0, top = 0, bottom = 0] = r.flag() ? [r.ue(), r.ue(), r.ue(), r.ue()] : [];
  const subWidth = !separatePlanes && (chromaFormat === 1 || chromaFormat === 2) ? 2 : 1;
  const subHeight = !separatePlanes && chromaFormat === 1 ? 2 : 1;
  const width = codedWidth - (left + right) * subWidth;
  const height = codedHeight - (top + bottom) * subHeight;
  if (width <= 0 || height <= 0) throw new CodecError('the cropping leaves no picture');
  const bitDepthLuma = r.ueUpTo(8) + 8;
  const bitDepthChroma = r.ueUpTo(8) + 8;
  const pocBits = r.ueUpTo(12) + 4;
  const reorderFrames = readReorder(r, temporalLayers);
  const timing = readRest(r, pocBits);
  return {
    codec: 'h265',
    width,
    height,
    profile: hevc.profile,
    level: hevc.level,
    constraints: 0,
    chromaFormat,
    bitDepthLuma,
    bitDepthChroma,
    interlaced: false,
    reorderFrames,
    hevc,
    ...timing,
  };
}

function readProfile(r: BitReader, temporalLayers: number, temporalIdNested: boolean): HevcProfile {
  const space = r.bits(2);
  const tier = r.bit();
  const profile = r.bits(5);
  const compatibility = r.bits(32);
  const constraints = Uint8Array.from({ length: 6 }, () => r.bits(8));
  const level = r.bits(8);
  const present = Array.from({ length: temporalLayers - 1 }, () => [r.flag(), r.flag()] as const);
  if (temporalLayers > 1) r.skip(2 * (9 - temporalLayers));
  for (const [profilePresent, levelPresent] of present) r.skip((profilePresent ? 88 : 0) + (levelPresent ? 8 : 0));
  return { space, tier, profile, compatibility, constraints, level, temporalLayers, temporalIdNested };
}

/** sps_max_num_reorder_pics of the highest layer. */
function readReorder(r: BitReader, temporalLayers: number): number {
  const all = r.flag();
  let reorder = 0;
  for (let i = all ? 0 : temporalLayers - 1; i < temporalLayers; i++) {
    r.ueUpTo(15);
    reorder = r.ueUpTo(15);
    r.ue();
  }
  return reorder;
}

/** Walks over the coding tools to the VUI; what cannot be read is left out, it is only an adornment. */
function readRest(r: BitReader, pocBits: number): Pick<SpsInfo, 'frameRate' | 'pixelAspect'> {
  const found: { frameRate?: number; pixelAspect?: readonly [number, number] } = {};
  try {
    for (let i = 0; i < 6; i++) r.ue();
    if (r.flag() && r.flag()) skipScalingLists(r);
    r.skip(2);
    if (r.flag()) {
      r.skip(8);
      r.ue();
      r.ue();
      r.skip(1);
    }
    skipReferenceSets(r);
    if (r.flag()) {
      const count = r.ueUpTo(32);
      r.skip(count * (pocBits + 1));
    }
    r.skip(2);
    if (r.flag()) readVui(r, found);
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
  return found;
}

function skipScalingLists(r: BitReader): void {
  for (let size = 0; size < 4; size++) {
    for (let matrix = 0; matrix < 6; matrix += size === 3 ? 3 : 1) {
      if (!r.flag()) {
        r.ue();
        continue;
      }
      if (size > 1) r.se();
      const count = Math.min(64, 1 << (4 + (size << 1)));
      for (let i = 0; i < count; i++) r.se();
    }
  }
}

/** st_ref_pic_set (§7.3.7): each may be told as a change of the one before. */
function skipReferenceSets(r: BitReader): void {
  const count = r.ueUpTo(64);
  let pictures = 0;
  for (let i = 0; i < count; i++) {
    if (i > 0 && r.flag()) {
      r.skip(1);
      r.ue();
      let kept = 0;
      for (let j = 0; j <= pictures; j++) if (r.flag() || r.flag()) kept++;
      pictures = kept;
      continue;
    }
    const negative = r.ueUpTo(16);
    const positive = r.ueUpTo(16);
    pictures = negative + positive;
    for (let j = 0; j < pictures; j++) {
      r.ue();
      r.skip(1);
    }
  }
}

/** Annex E.2.1 up to the timing. */
function readVui(r: BitReader, found: { frameRate?: number; pixelAspect?: readonly [number, number] }): void {
  const aspect = readAspectRatio(r);
  if (aspect) found.pixelAspect = aspect;
  skipVideoSignal(r);
  r.skip(3);
  if (r.flag()) for (let i = 0; i < 4; i++) r.ue();
  if (!r.flag()) return;
  const unitsInTick = r.bits(32);
  const timeScale = r.bits(32);
  if (unitsInTick > 0 && timeScale > 0) found.frameRate = timeScale / unitsInTick;
}
