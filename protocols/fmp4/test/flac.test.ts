import { expect, it } from 'vitest';
import { flacFrame } from '../src/flac.ts';

it('numbers samples as UTF-8 numbers characters', () => {
  const numberOf = (first: number): string => {
    const frame = flacFrame(new Int16Array(16), first) ?? Buffer.alloc(0);
    return frame.subarray(4, frame.length - 16 * 2 - 1 - 2 - 3).toString('hex');
  };
  expect(numberOf(0)).toBe('00');
  for (const first of [0x7f, 0x80, 0x7ff, 0x800, 0xffff, 0x1_0000, 0x10_ffff]) {
    expect(numberOf(first)).toBe(Buffer.from(utf8(first)).toString('hex'));
  }
  expect([
    numberOf(0x3ff_ffff),
    numberOf(0x400_0000),
    numberOf(0x7fff_ffff),
    numberOf(0x8000_0000),
    numberOf(2 ** 36 - 1),
  ]).toEqual(['fbbfbfbfbf', 'fc8480808080', 'fdbfbfbfbfbf', 'fe828080808080', 'febfbfbfbfbfbf']);
});

/** U+D800 to U+DFFF aside, which are not asked for here. */
function utf8(character: number): string {
  return String.fromCodePoint(character);
}

it('refuses blocks that are too small or too large', () => {
  expect([flacFrame(new Int16Array(15), 0), flacFrame(new Int16Array(65_536), 0)]).toEqual([undefined, undefined]);
});
