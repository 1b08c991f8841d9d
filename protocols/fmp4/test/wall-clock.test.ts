import fc from 'fast-check';
import { expect, it } from 'vitest';
import { readPrft, writePrft } from '../src/wall-clock.ts';

it('keeps the wall clock to a microsecond, in the NTP era after 2036 too', () => {
  // 1968 to 2104: NTP tells no era, the reader takes the nearest.
  const time = fc.integer({ min: 0, max: 4_230_000_000_000_000 }).map((us) => us / 1000);
  const ticks = fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER });
  fc.assert(
    fc.property(time, ticks, (wallMs, mediaTime) => {
      const bytes = Buffer.alloc(32);
      writePrft(bytes, 0, 7, wallMs, mediaTime);
      const read = readPrft(bytes);
      expect(read).toMatchObject({ trackId: 7, mediaTime });
      expect(Math.abs((read?.wallMs ?? 0) - wallMs)).toBeLessThan(0.002);
    }),
  );
  expect(readPrft(Buffer.alloc(20))).toBeUndefined();
});
