import fc from 'fast-check';
import { expect, test } from 'vitest';
import { exifGps } from '../src/photos/exif-gps.ts';

interface Gps {
  lat: [number, number, number];
  lon: [number, number, number];
  latRef: string;
  lonRef: string;
}

/** A JPEG of nothing but an Exif segment with the four GPS tags; seconds in hundredths. */
function jpegWith({ lat, lon, latRef, lonRef }: Gps, little: boolean): ArrayBuffer {
  const tiff = new DataView(new ArrayBuffer(140));
  tiff.setUint16(0, little ? 0x4949 : 0x4d4d);
  tiff.setUint16(2, 42, little);
  tiff.setUint32(4, 8, little);
  tiff.setUint16(8, 1, little);
  tiff.setUint16(10, 0x8825, little);
  tiff.setUint32(18, 26, little);
  tiff.setUint16(26, 4, little);
  const entry = (i: number, tag: number, offset: number): void => {
    tiff.setUint16(28 + i * 12, tag, little);
    tiff.setUint32(28 + i * 12 + 8, offset, little);
  };
  entry(0, 1, 0);
  tiff.setUint8(36, latRef.charCodeAt(0));
  entry(1, 2, 80);
  entry(2, 3, 0);
  tiff.setUint8(60, lonRef.charCodeAt(0));
  entry(3, 4, 104);
  for (const [at, parts] of [
    [80, lat],
    [104, lon],
  ] as const)
    parts.forEach((part, i) => {
      tiff.setUint32(at + i * 8, Math.round(part * 100), little);
      tiff.setUint32(at + i * 8 + 4, 100, little);
    });
  const jpeg = new Uint8Array(12 + tiff.byteLength + 4);
  const head = new DataView(jpeg.buffer);
  head.setUint16(0, 0xffd8);
  head.setUint16(2, 0xffe1);
  head.setUint16(4, tiff.byteLength + 8);
  head.setUint32(6, 0x45786966);
  jpeg.set(new Uint8Array(tiff.buffer), 12);
  return jpeg.buffer;
}

test.each([true, false])('reads degrees, minutes and seconds (little endian: %s)', (little) => {
  const gps: Gps = { lat: [31, 30, 6.76], lon: [118, 59, 49.58], latRef: 'N', lonRef: 'E' };
  expect(exifGps(jpegWith(gps, little))).toEqual({ lat: 31.5018778, lon: 118.9971056 });
  expect(exifGps(jpegWith({ ...gps, latRef: 'S', lonRef: 'W' }, little))).toEqual({
    lat: -31.5018778,
    lon: -118.9971056,
  });
});

test('a camera without a fix writes zeros: no place', () => {
  expect(exifGps(jpegWith({ lat: [0, 0, 0], lon: [0, 0, 0], latRef: 'N', lonRef: 'E' }, true))).toBeNull();
});

test('any bytes, and any cut or damaged file, give a place within the world or none', () => {
  const good = new Uint8Array(jpegWith({ lat: [31, 30, 6], lon: [118, 59, 49], latRef: 'N', lonRef: 'E' }, true));
  const isSane = (bytes: Uint8Array): void => {
    const place = exifGps(bytes.slice().buffer);
    expect(place === null || (Math.abs(place.lat) <= 90 && Math.abs(place.lon) <= 180)).toBe(true);
  };
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), isSane));
  fc.assert(
    fc.property(fc.nat(good.length), fc.nat(good.length - 1), fc.nat(255), (length, at, value) => {
      const damaged = good.slice(0, length);
      if (at < length) damaged[at] = value;
      isSane(damaged);
    }),
  );
});
