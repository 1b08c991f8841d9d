import { newId, roleNames } from '@wangge/contract-kit';
import { testActor } from '@wangge/kernel/testkit';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePresets } from '../../src/ptz/presets.ts';
import { mayTake, rankOver } from '../../src/ptz/rank.ts';
import { wireOf } from '../../src/gb/steering.ts';

const town = '990101/990101100/';
const grid = `${town}990101100201/990101100201001/`;
const at = (role: (typeof roleNames)[number], areaPath: string) =>
  testActor([{ role, areaId: newId(), areaPath, departmentId: null }]);

describe('the rank over a camera', () => {
  it.each(roleNames)('of %s', (role) => {
    const expected = { leader: 3, dispatcher: 3, police: 2, 'grid-head': 1 }[role as string] ?? 0;
    expect(rankOver(at(role, town), grid)).toBe(expected);
    expect(rankOver(at(role, `${town}990101100202/`), grid)).toBe(0);
  });
  it('is that of the highest post that covers it', () => {
    const post = (role: 'police' | 'leader' | 'grid-head', areaPath: string) => ({
      role,
      areaId: newId(),
      areaPath,
      departmentId: null,
    });
    const actor = testActor([post('grid-head', grid), post('police', town), post('leader', `${town}990101100299/`)]);
    expect(rankOver(actor, grid)).toBe(2);
  });
});

describe('taking a camera', () => {
  const ranks = [1, 2, 3];
  const all = ranks.flatMap((held) => ranks.flatMap((asks) => [true, false].map((own) => ({ held, asks, own }))));
  it.each(all)('held by $held, asked for by $asks (own: $own)', ({ held, asks, own }) => {
    const lease = { accountId: 'a', accountName: 'A', rank: held, untilMs: 1000 };
    const by = { accountId: own ? 'a' : 'b', rank: asks };
    expect(mayTake(lease, by, 999)).toBe(own || asks > held);
    expect(mayTake(lease, by, 1000)).toBe(true);
    expect(mayTake(null, by, 0)).toBe(true);
  });
});

describe('positions', () => {
  it('keep their numbers and names, whatever the camera says', () => {
    const told = fc.array(
      fc.record({
        preset: fc.integer({ min: 0, max: 255 }),
        name: fc.string(),
        token: fc.option(fc.string({ minLength: 1 })),
      }),
      { maxLength: 300 },
    );
    fc.assert(
      fc.property(told, (list) => {
        const known = [
          { preset: 1, name: '门', token: null },
          { preset: 3, name: '桥', token: 't' },
        ];
        const merged = mergePresets(known, list);
        expect(merged.filter(({ preset }) => preset === 1 || preset === 3)).toEqual(known);
        expect(new Set(merged.map(({ preset }) => preset)).size).toBe(merged.length);
        expect(merged.every(({ preset }) => preset >= 1 && preset <= 255)).toBe(true);
      }),
    );
  });
});

describe('speeds on the wire', () => {
  it('stay in their range, keep their direction, and never stand still by rounding', () => {
    const speed = fc.double({ min: -1, max: 1, noNaN: true });
    fc.assert(
      fc.property(speed, speed, speed, (pan, tilt, zoom) => {
        const wire = wireOf({ do: 'move', pan, tilt, zoom });
        if (wire.type !== 'move') throw new Error('not a movement');
        for (const [said, sent, most] of [
          [pan, wire.pan, 255],
          [tilt, wire.tilt, 255],
          [zoom, wire.zoom, 15],
        ] as const) {
          expect(Math.abs(sent)).toBeLessThanOrEqual(most);
          expect(Number.isInteger(sent)).toBe(true);
          expect(Math.sign(sent)).toBe(Math.sign(said));
        }
      }),
    );
  });
});
