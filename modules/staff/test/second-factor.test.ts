import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptCode, codeAt, newSecret, stepMs } from '../src/second-factor.ts';

describe('the second factor', () => {
  // RFC 6238 appendix B, SHA-1, last six of eight digits.
  const rfcSecret = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('gives the known answer at %i s', (seconds, code) => {
    expect(codeAt(rfcSecret, seconds * 1000)).toBe(code);
    expect(acceptCode(rfcSecret, code, seconds * 1000, 0)).toBe(Math.floor(seconds / 30));
  });
  it('forgives one step either way and no more, and takes no code twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1e9, max: 4e9 }), fc.integer({ min: -5, max: 5 }), (seconds, away) => {
        const secret = newSecret();
        const nowMs = seconds * 1000;
        const step = acceptCode(secret, codeAt(secret, nowMs + away * stepMs), nowMs, 0);
        // Accepted once within a step of clock error, and never a second time.
        expect(step !== null).toBe(Math.abs(away) <= 1);
        expect(acceptCode(secret, codeAt(secret, nowMs + away * stepMs), nowMs, step ?? 1e12)).toBeNull();
      }),
      { numRuns: 100 },
    );
  });
});
