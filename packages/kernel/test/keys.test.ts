/** Sealed texts: what opens them, what does not, and what they show to everybody. */
import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { keysFrom, sealedHint } from '../src/keys.ts';

const keys = keysFrom(randomBytes(32));
const phone = '13800010001';
const refusal = /not a sealed text|unable to authenticate|Invalid/;

describe('sealed texts', () => {
  it('open to what they were, with a hint or without', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.option(fc.string({ unit: 'grapheme' })), (plain, hint) => {
        const sealed = hint === null ? keys.encrypt('a', plain) : keys.encrypt('a', plain, hint);
        expect(keys.decrypt('a', sealed)).toBe(plain);
        expect(sealedHint(sealed)).toBe(hint);
      }),
    );
  });
  it('never look alike, and show their hint only', () => {
    const sealed = keys.encrypt('a', phone, '138****0001');
    expect(keys.encrypt('a', phone, '138****0001')).not.toBe(sealed);
    expect(sealed).not.toContain(phone);
  });
  it('do not open for another purpose or with another key', () => {
    const sealed = keys.encrypt('a', phone, 'x');
    expect(() => keys.decrypt('b', sealed)).toThrow(refusal);
    expect(() => keysFrom(randomBytes(32)).decrypt('a', sealed)).toThrow(refusal);
  });
  it.each([undefined, '138****0001'])('do not open when any part was changed (hint %s)', (hint) => {
    const parts = keys.encrypt('a', phone, hint).split('.');
    for (let n = 0; n < parts.length; n++) {
      const changed = parts.with(n, n === 0 ? 'v9' : Buffer.from('other').toString('base64url'));
      expect(() => keys.decrypt('a', changed.join('.')), `part ${n}`).toThrow(refusal);
      expect(() => keys.decrypt('a', parts.toSpliced(n, 1).join('.')), `without part ${n}`).toThrow(refusal);
    }
  });
  it('are refused when they are none', () => {
    for (const text of ['', 'v1', 'v2.', 'v2.a.b', 'v3.', 'v3.a.b', phone])
      expect(() => keys.decrypt('a', text)).toThrow(refusal);
  });
});
