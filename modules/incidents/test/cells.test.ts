/** Cells of the map, without a database. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Box, cellAt, cellBox, cellsAround, cellZooms, tilesAround } from '../src/contract/cell-grid.ts';

const lon = fc.double({ min: -180, max: 180, noNaN: true });
const lat = fc.double({ min: -89, max: 89, noNaN: true });
const zoom = fc.integer(cellZooms);
const slack = 1e-6;

const holds = ([west, south, east, north]: Box, x: number, y: number): boolean =>
  x >= west - slack && x <= east + slack && y >= south - slack && y <= north + slack;

describe('a cell', () => {
  it('holds the places that are in it', () => {
    fc.assert(
      fc.property(lon, fc.double({ min: -85, max: 85, noNaN: true }), zoom, (x, y, z) => {
        const around = cellsAround(z);
        expect(holds(cellBox(cellAt(x, y, around), around), x, y)).toBe(true);
      }),
    );
  });
  it('exists for every place on earth', () => {
    fc.assert(
      fc.property(lon, lat, zoom, (x, y, z) => {
        const around = cellsAround(z);
        const cell = cellAt(x, y, around);
        for (const at of [cell.x, cell.y]) {
          expect(at).toBeGreaterThanOrEqual(0);
          expect(at).toBeLessThan(around);
        }
      }),
    );
  });
  it('is four cells of the next zoom', () => {
    fc.assert(
      fc.property(lon, lat, fc.integer({ min: cellZooms.min, max: cellZooms.max - 1 }), (x, y, z) => {
        const coarse = cellAt(x, y, cellsAround(z));
        const fine = cellAt(x, y, cellsAround(z + 1));
        expect([fine.x >> 1, fine.y >> 1]).toEqual([coarse.x, coarse.y]);
      }),
    );
  });
  it('is 64 pixels wide where a map tile is 256', () => expect(cellsAround(0)).toBe(4));
});

it('asks for whole tiles, so that a small move of the map asks the same', () => {
  fc.assert(
    fc.property(
      fc.double({ min: 70, max: 130, noNaN: true }),
      fc.double({ min: 5, max: 50, noNaN: true }),
      zoom,
      (x, y, z) => {
        const box: Box = [x, y, x + 0.01, y + 0.01];
        const tiles = tilesAround(box, z);
        expect(holds(tiles, box[0], box[1]) && holds(tiles, box[2], box[3])).toBe(true);
        const width = (tiles[2] - tiles[0]) / (360 / 2 ** z);
        expect(Math.abs(width - Math.round(width))).toBeLessThan(0.01);
      },
    ),
  );
  const now = tilesAround([119.001, 31.001, 119.01, 31.008], 14);
  expect(tilesAround([119.0012, 31.0011, 119.0102, 31.0081], 14)).toEqual(now);
});
