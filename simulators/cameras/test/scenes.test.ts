/** The drawings: whole SVG at every time, different from each other, without a jump where the loop closes. */
import { XMLValidator } from 'fast-xml-parser';
import fc from 'fast-check';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { pictureOf, scenes } from '../src/index.ts';
import { layerOf, loopS, picturesPerS } from '../src/scenes/scene.ts';

const raw = async (svg: string): Promise<Buffer> =>
  sharp(Buffer.from(svg)).removeAlpha().resize(160, 90).raw().toBuffer();

/** Mean of the differences of all bytes, 0 to 255. */
function distance(one: Buffer, other: Buffer): number {
  let sum = 0;
  for (let at = 0; at < one.length; at++) sum += Math.abs(one[at]! - other[at]!);
  return sum / one.length;
}

test('there are sixteen at least, each with a name and a title of its own', () => {
  expect(scenes.length).toBeGreaterThanOrEqual(16);
  expect(new Set(scenes.map(({ name }) => name)).size).toBe(scenes.length);
  expect(new Set(scenes.map(({ title }) => title)).size).toBe(scenes.length);
});

test('no two of them look alike', async () => {
  const pictures = await Promise.all(scenes.map((scene) => raw(pictureOf(scene, 5))));
  for (const [index, one] of pictures.entries()) {
    for (const other of pictures.slice(index + 1)) expect(distance(one, other)).toBeGreaterThan(8);
  }
});

describe.each(scenes.map((scene) => [scene.name, scene] as const))('%s', (_, scene) => {
  test('is SVG without a number that is none, at any time', () => {
    fc.assert(
      fc.property(fc.double({ min: -50, max: 200, noNaN: true }), (tS) => {
        const svg = pictureOf(scene, tS);
        expect(XMLValidator.validate(svg)).toBe(true);
        expect(svg).not.toMatch(/NaN|undefined|Infinity/);
      }),
      { numRuns: 40 },
    );
  });

  test('moves', async () => {
    expect(layerOf(scene, 3)).not.toBe(layerOf(scene, 3.1));
    expect(distance(await raw(pictureOf(scene, 2)), await raw(pictureOf(scene, 9)))).toBeGreaterThan(0.4);
  });

  test('closes its loop: the step over the end is no larger than others', async () => {
    const step = 1 / picturesPerS;
    const at = async (tS: number): Promise<Buffer> => raw(pictureOf(scene, tS));
    const over = distance(await at(loopS - step), await at(0));
    const within = await Promise.all(
      [0, 3, 6, 9, 12, 15, 18].map(async (tS) => distance(await at(tS), await at(tS + step))),
    );
    expect(over).toBeLessThan(Math.max(...within) * 2 + 0.5);
    expect(pictureOf(scene, loopS)).toBe(pictureOf(scene, 0));
  });
});
