/** Where a JPEG says it was taken (Exif 2.3, GPS IFD), read before shrinking loses it. */

/** WGS 84 degrees, or null. @param bytes the beginning of the file; 128 KiB hold every camera's tags */
export function exifPlace(bytes: ArrayBuffer): { lon: number; lat: number } | null {
  try {
    const view = new DataView(bytes);
    if (view.getUint16(0) !== 0xffd8) return null;
    for (let at = 2; at + 4 < view.byteLength;) {
      const marker = view.getUint16(at);
      if (marker === 0xffe1 && view.getUint32(at + 4) === 0x45786966) return placeIn(view, at + 10);
      // Pixels begin: no tags follow.
      if (marker === 0xffda || marker >> 8 !== 0xff) return null;
      at += 2 + view.getUint16(at + 2);
    }
  } catch {
    // Cut off or damaged: a photo without a place.
  }
  return null;
}

function placeIn(view: DataView, tiff: number): { lon: number; lat: number } | null {
  const little = view.getUint16(tiff) === 0x4949;
  const u16 = (at: number): number => view.getUint16(at, little);
  const u32 = (at: number): number => view.getUint32(at, little);
  const entry = (ifd: number, tag: number): number | null => {
    for (let i = 0; i < u16(ifd); i++) if (u16(ifd + 2 + i * 12) === tag) return ifd + 2 + i * 12;
    return null;
  };
  const pointer = entry(tiff + u32(tiff + 4), 0x8825);
  if (pointer === null) return null;
  const gps = tiff + u32(pointer + 8);
  /** Degrees, minutes and seconds as three fractions. */
  const degrees = (tag: number, refTag: number, negative: string): number | null => {
    const value = entry(gps, tag);
    const ref = entry(gps, refTag);
    if (value === null || ref === null) return null;
    const at = tiff + u32(value + 8);
    const part = (i: number): number => u32(at + i * 8) / u32(at + i * 8 + 4);
    const sum = part(0) + part(1) / 60 + part(2) / 3600;
    return String.fromCharCode(view.getUint8(ref + 8)) === negative ? -sum : sum;
  };
  const lat = degrees(2, 1, 'S');
  const lon = degrees(4, 3, 'W');
  if (lat === null || lon === null || !Number.isFinite(lat + lon) || (lat === 0 && lon === 0)) return null;
  return Math.abs(lat) <= 90 && Math.abs(lon) <= 180 ? { lon, lat } : null;
}
