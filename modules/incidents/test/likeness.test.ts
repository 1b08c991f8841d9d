/** How alike two reports are: known pairs, and what must hold of any two. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alikeFrom, alikeWithinM, type Likened, likeness, likenessWords, textLikeness } from '../src/likeness.ts';

const place = { lon: 120.1, lat: 30.2 };
const north = (m: number) => ({ lon: place.lon, lat: place.lat + m / 111_195 });
const minute = 60_000;
const base: Likened = {
  place,
  areaId: 'a',
  atMs: 1_000_000_000_000,
  categoryCode: 'patrol.lamp',
  parentCode: 'patrol',
  text: '村口第三根路灯不亮',
};
const scoreOf = (more: Partial<Likened>): number => likeness(base, { ...base, ...more })?.score ?? 0;

describe('two reports', () => {
  it.each<[string, Partial<Likened>, boolean]>([
    ['the same', {}, true],
    ['a little aside, in other words', { place: north(40), text: '村口的路灯坏了，晚上不亮' }, true],
    ['same place and kind, nothing in common in the text', { text: '晚上黑' }, true],
    ['a kindred kind, like words', { categoryCode: 'patrol.cable', text: '村口路灯线掉下来，灯不亮' }, true],
    ['three days later', { atMs: base.atMs + 3 * 86_400_000, text: '路灯还是不亮' }, true],
    [
      'another kind and other words, next door',
      { categoryCode: 'noise', parentCode: 'living', text: '装修太吵' },
      false,
    ],
    ['190 m away, other words', { place: north(190), text: '小区门前灯坏' }, false],
    ['without a place, but of the same words', { place: null }, true],
    ['without a place, of other words', { place: null, text: '晚上黑' }, false],
  ])('%s', (_, more, suggested) => expect(scoreOf(more) >= alikeFrom).toBe(suggested));

  it.each<[string, Partial<Likened>]>([
    ['too far apart', { place: north(alikeWithinM + 1) }],
    ['a month apart', { atMs: base.atMs + 30 * 86_400_000 + 1 }],
    ['of two areas without places', { place: null, areaId: 'b' }],
    ['of no area', { place: null, areaId: null }],
  ])('%s are not looked at', (_, more) => expect(likeness(base, { ...base, ...more })).toBeNull());

  const any = fc.record({
    place: fc.option(fc.integer({ min: 0, max: 300 }).map(north), { nil: null }),
    areaId: fc.constantFrom('a', 'b', null),
    atMs: fc.integer({ min: base.atMs - 40 * 86_400_000, max: base.atMs + 40 * 86_400_000 }),
    categoryCode: fc.constantFrom('patrol.lamp', 'patrol.cable', 'noise', 'patrol'),
    parentCode: fc.constantFrom('patrol', 'living', null),
    text: fc.string({ maxLength: 30, unit: fc.constantFrom('路', '灯', '不', '亮', '，', ' ', 'a') }),
  });
  it('are as alike one way as the other, between 0 and 1', () => {
    fc.assert(
      fc.property(any, any, (a, b) => {
        const [there, back] = [likeness(a, b), likeness(b, a)];
        expect(back?.score).toEqual(there?.score);
        const score = there?.score ?? 0;
        expect(score >= 0 && score <= 1.000001).toBe(true);
      }),
    );
  });
  it('are less alike the farther apart', () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(200), (m, n) => {
        const [near, far] = m < n ? [m, n] : [n, m];
        expect(scoreOf({ place: north(near) })).toBeGreaterThanOrEqual(scoreOf({ place: north(far) }));
      }),
    );
  });
});

it('compares texts by neighbouring characters', () => {
  expect(textLikeness('路灯不亮', '路灯，不亮！')).toBe(1);
  expect(textLikeness('路灯不亮', '井盖破损')).toBe(0);
  expect(textLikeness('', '')).toBe(0);
  expect(textLikeness('灯', '灯')).toBe(1);
  expect(textLikeness('路灯不亮', '路灯坏了')).toBeCloseTo(1 / 3);
});

it('says why in words, and no distance to those who may not know the place', () => {
  const like = likeness(base, { ...base, place: north(12.4), atMs: base.atMs + 5 * minute });
  if (!like) throw new Error('not alike');
  expect(likenessWords(like).map((w) => w.zh)).toEqual(['相距 12 米', '相差 5 分钟', '同一类别', '文字相近 100%']);
  expect(likenessWords(like, true).map((w) => w.en)).toEqual(['Same area', '5 min apart', 'Same category']);
});
