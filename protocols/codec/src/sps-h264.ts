import { BitReader, CodecError, unescapeNal } from './bit-reader.ts';
import type { SpsInfo } from './sps.ts';
import { readAspectRatio, skipVideoSignal } from './vui.ts';

/** Profiles whose SPS tells the chroma format (H.264 §7.3.2.1.1). */
const highProfiles = new Set([100, 110, 122, 244, 44, 83, 86, 118, 128, 138, 139, 134, 135]);

/**
 * Reads a sequence parameter set of H.264 (§7.3.2.1.1, VUI in annex E) with its NAL header.
 *
 * @throws CodecError when it is cut short or impossible
 */
export function parseH264Sps(nal: Uint8Array): SpsInfo {
  const r = new BitReader(unescapeNal(nal, 1));
  const profile = r.bits(8);
  const constraints = r.bits(8);
  const level = r.bits(8);
  r.ueUpTo(31);
  const { chromaFormat, bitDepthLuma, bitDepthChroma, separatePlanes } = readChroma(r, profile);
  r.ueUpTo(12);
  const pocType = readPictureOrder(r);
  r.ueUpTo(16);
  r.skip(1);
  const widthMbs = r.ueUpTo(1023) + 1;
  const heightUnits = r.ueUpTo(1023) + 1;
  const frameMbsOnly = r.flag();
  if (!frameMbsOnly) r.skip(1);
  r.skip(1);
  const fields = frameMbsOnly ? 1 : 2;
  const crop = r.flag() ? [r.ue(), r.ue(), r.ue(), r.ue()] : [0, 0, 0, 0];
  const [left = 0, right = 0, top = 0, bottom = 0] = crop;
  const subWidth = chromaFormat === 1 || chromaFormat === 2 ? 2 : 1;
  const subHeight = chromaFormat === 1 ? 2 : 1;
  const unitX = separatePlanes ? 1 : subWidth;
  const unitY = (separatePlanes ? 1 : subHeight) * fields;
  const width = widthMbs * 16 - (left + right) * unitX;
  const height = heightUnits * 16 * fields - (top + bottom) * unitY;
  if (width <= 0 || height <= 0) throw new CodecError('the cropping leaves no picture');
  // Baseline has no B slices, and order type 2 says that pictures are shown as they are sent.
  const ordered = profile === 66 || pocType === 2;
  const vui = r.flag() ? readVui(r) : {};
  const reorderFrames = vui.reorderFrames ?? (ordered ? 0 : undefined);
  return {
    codec: 'h264',
    width,
    height,
    profile,
    level,
    constraints,
    chromaFormat,
    bitDepthLuma,
    bitDepthChroma,
    interlaced: !frameMbsOnly,
    ...(vui.pixelAspect && { pixelAspect: vui.pixelAspect }),
    ...(vui.frameRate !== undefined && { frameRate: vui.frameRate }),
    ...(reorderFrames !== undefined && { reorderFrames }),
  };
}

function readChroma(r: BitReader, profile: number) {
  if (!highProfiles.has(profile)) return { chromaFormat: 1, bitDepthLuma: 8, bitDepthChroma: 8, separatePlanes: false };
  const chromaFormat = r.ueUpTo(3);
  const separatePlanes = chromaFormat === 3 && r.flag();
  const bitDepthLuma = r.ueUpTo(6) + 8;
  const bitDepthChroma = r.ueUpTo(6) + 8;
  r.skip(1);
  if (r.flag()) {
    const lists = chromaFormat === 3 ? 12 : 8;
    for (let i = 0; i < lists; i++) if (r.flag()) skipScalingList(r, i < 6 ? 16 : 64);
  }
  return { chromaFormat, bitDepthLuma, bitDepthChroma, separatePlanes };
}

function skipScalingList(r: BitReader, size: number): void {
  let last = 8;
  let next = 8;
  for (let i = 0; i < size; i++) {
    if (next !== 0) next = (last + r.se() + 256) % 256;
    if (next !== 0) last = next;
  }
}

function readPictureOrder(r: BitReader): number {
  const type = r.ueUpTo(2);
  if (type === 0) r.ueUpTo(12);
  if (type === 1) {
    r.skip(1);
    r.se();
    r.se();
    const cycle = r.ueUpTo(255);
    for (let i = 0; i < cycle; i++) r.se();
  }
  return type;
}

interface Vui {
  pixelAspect?: readonly [number, number];
  frameRate?: number;
  reorderFrames?: number;
}

/** Annex E.1.1. Many cameras write a VUI that ends too early: what was read until then counts. */
function readVui(r: BitReader): Vui {
  const vui: Vui = {};
  try {
    const aspect = readAspectRatio(r);
    if (aspect) vui.pixelAspect = aspect;
    skipVideoSignal(r);
    if (r.flag()) {
      const unitsInTick = r.bits(32);
      const timeScale = r.bits(32);
      r.skip(1);
      // A tick is one field: two of them make a frame.
      if (unitsInTick > 0 && timeScale > 0) vui.frameRate = timeScale / unitsInTick / 2;
    }
    const nalHrd = r.flag();
    if (nalHrd) skipHrd(r);
    const vclHrd = r.flag();
    if (vclHrd) skipHrd(r);
    if (nalHrd || vclHrd) r.skip(1);
    r.skip(1);
    if (r.flag()) {
      r.skip(1);
      for (let i = 0; i < 4; i++) r.ue();
      vui.reorderFrames = r.ueUpTo(16);
    }
  } catch (error) {
    if (!(error instanceof CodecError)) throw error;
  }
  return vui;
}

function skipHrd(r: BitReader): void {
  const count = r.ueUpTo(31) + 1;
  r.skip(8);
  for (let i = 0; i < count; i++) {
    r.ue();
    r.ue();
    r.skip(1);
  }
  r.skip(20);
}
