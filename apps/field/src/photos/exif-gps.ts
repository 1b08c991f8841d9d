import type { Place } from '@wangge/contract-kit';

/** EXIF lies within the first 64 kB segment after the start marker; a phone may put others before it. */
export const exifReach = 256 * 1024;

const tagGpsInfo = 0x8825;
const tagLatRef = 1;
const tagLat = 2;
const tagLonRef = 3;
const tagLon = 4;

/**
 * The place in a JPEG's GPS tags (EXIF 2.3, GPS IFD, WGS 84), or null. Damaged tags count as none:
 * they come from other people's software.
 */
export function exifGps(bytes: ArrayBuffer): Place | null {
  try {
    const tiff = tiffOf(new DataView(bytes));
    return tiff && placeIn(tiff);
  } catch (error) {
    // Offsets that point outside of the file.
    if (error instanceof RangeError) return null;
    throw error;
  }
}

/** The TIFF block of the Exif segment. */
function tiffOf(view: DataView): DataView | null {
  if (view.byteLength < 4 || view.getUint16(0) !== 0xffd8) return null;
  let at = 2;
  while (at + 10 < view.byteLength) {
    const marker = view.getUint16(at);
    // Start of scan: only pixels from here on.
    if ((marker & 0xff00) !== 0xff00 || marker === 0xffda) return null;
    const length = view.getUint16(at + 2);
    const isExif = marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966 && view.getUint16(at + 8) === 0;
    if (isExif) return new DataView(view.buffer, view.byteOffset + at + 10);
    at += 2 + length;
  }
  return null;
}

function placeIn(tiff: DataView): Place | null {
  const little = tiff.getUint16(0) === 0x4949;
  if (tiff.getUint16(2, little) !== 42) return null;
  const gpsOffset = entries(tiff, tiff.getUint32(4, little), little).get(tagGpsInfo);
  if (gpsOffset === undefined) return null;
  const gps = entries(tiff, tiff.getUint32(gpsOffset, little), little);
  const lat = degrees(tiff, gps, tagLat, tagLatRef, 'S', little);
  const lon = degrees(tiff, gps, tagLon, tagLonRef, 'W', little);
  if (lat === null || lon === null || Math.abs(lat) > 90 || Math.abs(lon) > 180) return null;
  // Cameras without a fix write zeros.
  return lat === 0 && lon === 0 ? null : { lon, lat };
}

/** Tag → offset of its four value bytes. */
function entries(tiff: DataView, at: number, little: boolean): Map<number, number> {
  const found = new Map<number, number>();
  const count = tiff.getUint16(at, little);
  for (let i = 0; i < count; i++) {
    const entry = at + 2 + i * 12;
    found.set(tiff.getUint16(entry, little), entry + 8);
  }
  return found;
}

/** Three rationals: degrees, minutes, seconds. */
function degrees(
  tiff: DataView,
  gps: ReadonlyMap<number, number>,
  tag: number,
  refTag: number,
  negative: 'S' | 'W',
  little: boolean,
): number | null {
  const valueAt = gps.get(tag);
  const refAt = gps.get(refTag);
  if (valueAt === undefined || refAt === undefined) return null;
  const at = tiff.getUint32(valueAt, little);
  const part = (i: number): number => {
    const below = tiff.getUint32(at + i * 8 + 4, little);
    return below === 0 ? Number.NaN : tiff.getUint32(at + i * 8, little) / below;
  };
  const value = part(0) + part(1) / 60 + part(2) / 3600;
  if (!Number.isFinite(value)) return null;
  const rounded = Math.round(value * 1e7) / 1e7;
  return String.fromCharCode(tiff.getUint8(refAt)) === negative ? -rounded : rounded;
}
