import type { LonLat } from '@wangge/geo';

/** Writes a shapefile of polygons, one ring list per record (clockwise outer rings, as ESRI wants them). */
export function shpOf(records: readonly (readonly LonLat[][])[]): Uint8Array {
  const sizes = records.map((rings) => 44 + 4 * rings.length + 16 * rings.flat().length);
  const total = 100 + sizes.reduce((sum, size) => sum + 8 + size, 0);
  const view = new DataView(new ArrayBuffer(total));
  view.setInt32(0, 9994);
  view.setInt32(24, total / 2);
  view.setInt32(28, 1000, true);
  view.setInt32(32, 5, true);
  let at = 100;
  records.forEach((rings, i) => {
    view.setInt32(at, i + 1);
    view.setInt32(at + 4, sizes[i]! / 2);
    view.setInt32(at + 8, 5, true);
    view.setInt32(at + 44, rings.length, true);
    view.setInt32(at + 48, rings.flat().length, true);
    let start = 0;
    rings.forEach((ring, r) => {
      view.setInt32(at + 52 + 4 * r, start, true);
      start += ring.length;
    });
    rings.flat().forEach(([lon, lat], p) => {
      const to = at + 52 + 4 * rings.length + 16 * p;
      view.setFloat64(to, lon, true);
      view.setFloat64(to + 8, lat, true);
    });
    at += 8 + sizes[i]!;
  });
  return new Uint8Array(view.buffer);
}

/** Writes a dBASE III table of text columns, each 40 bytes wide, in the encoding given. */
export function dbfOf(
  columns: readonly string[],
  rows: readonly (readonly string[])[],
  encode: (text: string) => Uint8Array,
): Uint8Array {
  const width = 40;
  const header = 32 + 32 * columns.length + 1;
  const record = 1 + width * columns.length;
  const bytes = new Uint8Array(header + record * rows.length + 1).fill(0x20, header);
  const view = new DataView(bytes.buffer);
  bytes[0] = 3;
  view.setInt32(4, rows.length, true);
  view.setInt16(8, header, true);
  view.setInt16(10, record, true);
  columns.forEach((name, i) => {
    bytes.set(encode(name).subarray(0, 10), 32 + 32 * i);
    bytes[32 + 32 * i + 11] = 'C'.charCodeAt(0);
    bytes[32 + 32 * i + 16] = width;
  });
  bytes[header - 1] = 0x0d;
  rows.forEach((row, r) =>
    row.forEach((text, c) => bytes.set(encode(text).subarray(0, width), header + record * r + 1 + width * c)),
  );
  bytes[bytes.length - 1] = 0x1a;
  return bytes;
}

const gbk = new Map<string, [number, number]>();

/** Encodes GBK by asking the decoder about every pair of bytes: platforms decode it, but do not encode. */
export function encodeGbk(text: string): Uint8Array {
  if (gbk.size === 0) {
    const decoder = new TextDecoder('gbk');
    for (let high = 0x81; high <= 0xfe; high++) {
      for (let low = 0x40; low <= 0xfe; low++) {
        const char = decoder.decode(new Uint8Array([high, low]));
        if (char.length === 1 && char !== '\uFFFD') gbk.set(char, [high, low]);
      }
    }
  }
  return Uint8Array.from(Array.from(text).flatMap((char) => gbk.get(char) ?? [char.charCodeAt(0)]));
}
