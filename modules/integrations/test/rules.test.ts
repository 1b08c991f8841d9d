import fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { writeList } from '../src/open311/answers.ts';
import { maxSpanMs, readDate, searchSpan, statesWith } from '../src/rules.ts';

const nowMs = Date.UTC(2026, 10, 2, 1);

describe('dates', () => {
  it.each([
    ['2026-11-02', Date.UTC(2026, 10, 2)],
    ['2026-11-02T09:00:00+08:00', nowMs],
    ['2026-11-02T01:00:00Z', nowMs],
    ['2026-11-02T09:00:00 08:00', nowMs],
    ['2026-11-02T01:00:00', nowMs],
    ['2026-11-02T01:00:00.000Z', nowMs],
  ])('%s', (text, ms) => expect(readDate('start_date', text)).toBe(ms));
  it.each(['', 'yesterday', '2026-13-01', '02.11.2026', '1', '2026-11-02T99:00Z'])('refuses %j', (text) =>
    expect(() => readDate('start_date', text)).toThrow('invalid-field'),
  );
});

describe('the span of a search', () => {
  it('is the last 90 days, or 90 days from the start, or until the end', () => {
    expect(searchSpan(undefined, undefined, nowMs)).toEqual({ fromMs: nowMs - maxSpanMs, toMs: nowMs });
    expect(searchSpan('2026-01-01', undefined, nowMs).toMs).toBe(Date.UTC(2026, 0, 1) + maxSpanMs);
    expect(searchSpan('2026-11-01', undefined, nowMs).toMs).toBe(nowMs);
    expect(searchSpan(undefined, '2026-05-01', nowMs).fromMs).toBe(Date.UTC(2026, 4, 1) - maxSpanMs);
  });
  it('refuses what is backwards or longer', () => {
    expect(() => searchSpan('2026-05-02', '2026-05-01', nowMs)).toThrow('invalid-field');
    expect(() => searchSpan('2026-01-01', '2026-05-01', nowMs)).toThrow('invalid-field');
  });
});

describe('statuses', () => {
  it('share all states between open and closed', () => {
    expect(statesWith('open')).toEqual([
      'reported',
      'accepted',
      'registered',
      'handling',
      'responded',
      'reopen-requested',
    ]);
    expect(statesWith('closed')).toEqual(['closed', 'rejected', 'withdrawn', 'merged']);
  });
});

describe('XML', () => {
  const parser = new XMLParser({ parseTagValue: false, trimValues: false });
  it('gives any text back, but for what XML cannot carry', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', minLength: 1 }), (text) => {
        const xml = writeList('xml', 'service_requests', 'request', [{ description: `a${text}b` }]);
        expect(XMLValidator.validate(xml)).toBe(true);
        // eslint-disable-next-line no-control-regex -- the characters that XML forbids
        const carried = text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '').toWellFormed();
        const lineEnds = (t: string): string => t.replace(/\r\n?/g, '\n');
        const parsed = parser.parse(xml) as { service_requests: { request: { description: string } } };
        expect(lineEnds(parsed.service_requests.request.description)).toBe(lineEnds(`a${carried}b`));
      }),
    );
  });
});
