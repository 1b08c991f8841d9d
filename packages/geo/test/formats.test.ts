import { describe, expect, test } from 'vitest';
import { areaM2, distanceM } from '@wangge/geo';
import {
  FormatError,
  positionFromWgs84,
  positionToWgs84,
  readGeoJson,
  readShapefile,
  toAreas,
  type RawFeature,
} from '@wangge/geo/formats';
import { tiling } from '@wangge/geo/town';
import { dbfOf, encodeGbk, shpOf } from './shapefile-bytes.ts';
import { box } from './shapes.ts';

const square = box(119, 31, 119.01, 31.01);
const collection = (...features: unknown[]) => ({ type: 'FeatureCollection', features });
const feature = (properties: unknown, geometry: unknown) => ({ type: 'Feature', properties, geometry });
const polygon = { type: 'Polygon', coordinates: [square] };

describe('GeoJSON', () => {
  test('collections, features and bare shapes; text and bytes; with a byte order mark', () => {
    const text = JSON.stringify(collection(feature({ code: '1' }, polygon), feature(null, null)));
    const expected = [
      { number: 1, properties: { code: '1' }, geometry: { type: 'Polygon', polygons: [[square]] } },
      { number: 2, properties: {}, geometry: null },
    ];
    expect(readGeoJson(text)).toEqual(expected);
    expect(readGeoJson(`\uFEFF${text}`)).toEqual(expected);
    expect(readGeoJson(new TextEncoder().encode(`\uFEFF${text}`))).toEqual(expected);
    expect(readGeoJson(JSON.stringify(feature({}, polygon)))).toHaveLength(1);
    expect(readGeoJson(JSON.stringify(polygon))[0]!.geometry?.polygons).toEqual([[square]]);
  });

  test('heights are dropped, other shapes kept by name', () => {
    const high = square.map((p) => [...p, 12.5]);
    const read = readGeoJson(
      JSON.stringify(
        collection(
          feature({}, { type: 'MultiPolygon', coordinates: [[high]] }),
          feature({}, { type: 'Point', coordinates: [119, 31] }),
          feature({}, { type: 'Polygon', coordinates: [['119', '31']] }),
        ),
      ),
    );
    expect(read.map(({ geometry }) => geometry)).toEqual([
      { type: 'MultiPolygon', polygons: [[square]] },
      { type: 'Point', polygons: null },
      { type: 'Polygon', polygons: null },
    ]);
  });

  test.each([
    ['', 'not GeoJSON'],
    ['[1, 2]', 'no object'],
    ['{"type": "FeatureCollection"}', 'no list of features'],
    ['{"type": "Topology", "objects": {}}', 'unknown type "Topology"'],
    ['{"type": "FeatureCollection", "features": [7]}', 'entry 1'],
    [
      JSON.stringify({
        ...collection(),
        crs: { type: 'name', properties: { name: 'urn:ogc:def:crs:EPSG::3857' } },
      }),
      'EPSG::3857',
    ],
  ])('refuses %s', (text, message) => {
    expect(() => readGeoJson(text)).toThrow(FormatError);
    expect(() => readGeoJson(text)).toThrow(message);
  });

  test('takes the coordinate systems that are WGS 84 by another name', () => {
    for (const name of ['urn:ogc:def:crs:OGC:1.3:CRS84', 'EPSG:4326', 'urn:ogc:def:crs:EPSG::4490']) {
      const crs = { type: 'name', properties: { name } };
      expect(readGeoJson(JSON.stringify({ ...collection(), crs }))).toEqual([]);
    }
  });

  test('bytes that are no UTF-8 are refused', () => {
    expect(() => readGeoJson(encodeGbk('{"名称": "示例镇"}'))).toThrow(FormatError);
  });
});

describe('shapefile', () => {
  const clockwise = square.toReversed();
  const hole = box(119.002, 31.002, 119.004, 31.004);
  const island = box(119.02, 31, 119.03, 31.01).toReversed();
  const shp = shpOf([
    [clockwise, hole],
    [clockwise, island],
  ]);
  const columns = ['编码', '名称'];
  const rows = [
    ['990101100201001', '石桥村第一网格'],
    ['990101100201002', '石桥村第二网格'],
  ];
  const utf8 = (text: string) => new TextEncoder().encode(text);
  const read = (features: readonly RawFeature[]) =>
    toAreas(features, { codeColumn: '编码', nameColumn: '名称', level: 'grid' });

  test.each([
    ['GBK without a word about it', encodeGbk, {}],
    ['GBK by .cpg number', encodeGbk, { cpg: '936' }],
    ['GBK by option', encodeGbk, { encoding: 'gbk', cpg: 'UTF-8' }],
    ['UTF-8 by .cpg', utf8, { cpg: 'UTF-8\r\n' }],
    ['UTF-8 without a word about it', utf8, {}],
  ] as const)('%s', async (_, encode, how) => {
    const { areas, problems } = read(await readShapefile({ shp, dbf: dbfOf(columns, rows, encode), ...how }));
    expect(problems).toEqual([]);
    expect(areas.map(({ code, name }) => [code, name])).toEqual(rows);
    expect(areas.map(({ polygons }) => polygons.map((rings) => rings.length))).toEqual([[2], [1, 1]]);
    expect(areaM2(areas[0]!.polygons)).toBeCloseTo(areaM2([[square, hole]]), 3);
  });

  test('what is damaged, projected or in an unknown encoding is refused', async () => {
    const dbf = dbfOf(columns, rows, utf8);
    await expect(readShapefile({ shp: utf8('PK\u0003\u0004 zip'), dbf })).rejects.toThrow(FormatError);
    await expect(readShapefile({ shp: shp.subarray(0, 300), dbf })).rejects.toThrow('shorter');
    await expect(readShapefile({ shp, dbf, prj: 'PROJCS["CGCS2000 / 3-degree"]' })).rejects.toThrow('projected');
    await expect(readShapefile({ shp, dbf, encoding: 'klingon' })).rejects.toThrow('klingon');
    await expect(readShapefile({ shp, dbf: new Uint8Array(3) })).rejects.toThrow(FormatError);
  });
});

describe('features to areas', () => {
  const raw = (properties: Record<string, unknown>, shape: unknown = polygon, number = 1) => {
    const [one] = readGeoJson(JSON.stringify(feature(properties, shape)));
    return { ...one!, number };
  };

  test('names, levels and parents by column; Chinese words for levels', () => {
    const words = ['县', '镇', '乡', '街道', '村', '社区', '网格', '微网格', 'grid', 'Micro-Grid'];
    const features = words.map((level, i) => raw({ c: 100 + i, n: ` 名${i} `, l: level, p: 7 }, polygon, i + 1));
    const { areas, problems } = toAreas(features, {
      codeColumn: 'c',
      nameColumn: 'n',
      levelColumn: 'l',
      parentColumn: 'p',
    });
    expect(problems).toEqual([]);
    expect(areas.map(({ level }) => level)).toEqual([
      'county',
      ...Array.from({ length: 3 }, () => 'town'),
      ...Array.from({ length: 2 }, () => 'village'),
      'grid',
      'micro-grid',
      'grid',
      'micro-grid',
    ]);
    expect(areas[3]).toMatchObject({ code: '103', name: '名3', parentCode: '7', feature: 4 });
  });

  test('each bad feature has its own problem, good ones come through', () => {
    const open = square.slice(0, -1);
    const features = [
      raw({ c: 'a' }),
      raw({ c: '  ' }),
      raw({ c: 'a' }),
      raw({ c: 'b' }, null),
      raw({ c: 'c' }, { type: 'LineString', coordinates: square }),
      raw({ c: 'd' }, { type: 'Polygon', coordinates: [open] }),
      raw({ c: 'e' }, { type: 'Polygon', coordinates: [[]] }),
      raw({ c: 'f' }, { type: 'Polygon', coordinates: [box(500_000, 3_400_000, 500_100, 3_400_100)] }),
      raw({ c: 'g' }, { type: 'MultiPolygon', coordinates: [] }),
      raw({ c: 'h' }, { type: 'Polygon', coordinates: [box(31, 119, 31.01, 119.01)] }),
    ].map((one, i) => ({ ...one, number: i + 1 }));
    const { areas, problems } = toAreas(features, { codeColumn: 'c', level: 'village' });
    expect(areas.map(({ code, name }) => [code, name])).toEqual([['a', 'a']]);
    expect(problems.map(({ feature: at, kind }) => [at, kind])).toEqual([
      [2, 'no-code'],
      [3, 'repeated-code'],
      [4, 'no-shape'],
      [5, 'no-polygon'],
      [6, 'broken-ring'],
      [7, 'broken-ring'],
      [8, 'outside-range'],
      [9, 'no-shape'],
      [10, 'outside-range'],
    ]);
    expect(problems[1]!.message).toContain('feature 1');
    expect(problems[6]!.message).toContain('projection');
    expect(toAreas(features, { codeColumn: 'c' }).problems[0]!.kind).toBe('unknown-level');
  });

  test('GCJ-02 and BD-09 become WGS 84', () => {
    for (const system of ['gcj02', 'bd09'] as const) {
      const shifted = square.map((p) => positionFromWgs84(p, system));
      expect(distanceM(shifted[0]!, square[0]!)).toBeGreaterThan(300);
      const { areas } = toAreas([raw({ c: 'a' }, { type: 'Polygon', coordinates: [shifted] })], {
        codeColumn: 'c',
        level: 'village',
        coordinates: system,
      });
      areas[0]!.polygons[0]![0]!.forEach((p, i) => expect(distanceM(p, square[i]!)).toBeLessThan(1.5));
      expect(positionToWgs84([119, 31], 'wgs84')).toEqual([119, 31]);
    }
  });

  test('shared borders stay shared through conversion', () => {
    const features = tiling(9, 1).map(({ code, polygons }, i) =>
      raw({ code }, { type: 'MultiPolygon', coordinates: polygons }, i + 1),
    );
    const { areas } = toAreas(features, { codeColumn: 'code', level: 'grid', coordinates: 'gcj02' });
    const uses = new Map<string, number>();
    for (const position of areas.flatMap(({ polygons }) => polygons.flat().flatMap((r) => r.slice(1)))) {
      uses.set(String(position), (uses.get(String(position)) ?? 0) + 1);
    }
    expect(Math.max(...uses.values())).toBeGreaterThanOrEqual(3);
  });
});
