/** What a phone may say of a round while it hears nothing from the server. */
import type { Round, RoundPoint } from '@wangge/patrols/contract';
import { describe, expect, it } from 'vitest';
import { sendDeed, subjectOf } from '../src/deeds/deed.ts';
import { isOpen, isShown, stateNow } from '../src/patrol/round-now.ts';

const point = { n: 1, state: 'waiting' } as RoundPoint;
const round = (state: Round['state']): Round => ({ state, startsAtMs: 100, endsAtMs: 200, points: [point] }) as Round;

describe('a round', () => {
  it.each([
    ['upcoming', 99, false],
    ['upcoming', 100, true],
    ['open', 200, true],
    ['open', 201, false],
    ['complete', 150, false],
    ['called-off', 150, false],
  ] as const)('that was %s is walked at %i: %s', (state, nowMs, open) => {
    expect(isOpen(round(state), nowMs)).toBe(open);
  });
  it('has its points missed when its time is over, unless they were done or called off', () => {
    expect(stateNow(point, round('open'), 200)).toBe('waiting');
    expect(stateNow(point, round('open'), 201)).toBe('missed');
    expect(stateNow({ ...point, state: 'done' }, round('open'), 201)).toBe('done');
    expect(stateNow({ ...point, state: 'called-off' }, round('called-off'), 201)).toBe('called-off');
  });
  it('of yesterday is not shown', () => {
    expect(isShown(round('open'), 200)).toBe(true);
    expect(isShown(round('open'), 200 + 12 * 3_600_000)).toBe(false);
  });
});

describe('a check-in in the outbox', () => {
  it('waits only for those of its own point', () => {
    const deed = { name: 'check-in', roundId: 'r', n: 2, place: null, reason: 'x' } as const;
    expect(subjectOf(deed)).not.toBe(subjectOf({ ...deed, n: 3 }));
  });
  it('goes with its photos and its reason', async () => {
    const sent: { url: string; body: unknown }[] = [];
    const before = globalThis.fetch;
    globalThis.fetch = (url, init) => {
      sent.push({ url: String(url), body: JSON.parse(String(init?.body)) });
      return Promise.resolve(Response.json({ round: {} }));
    };
    try {
      const deed = { name: 'check-in', roundId: 'r', n: 2, place: null, reason: '桥下无信号' } as const;
      await sendDeed(deed, 'key', null, ['photo']);
    } finally {
      globalThis.fetch = before;
    }
    expect(sent).toEqual([
      {
        url: '/api/patrols/rounds/r/points/2/check-in',
        body: { how: 'photo', clientKey: 'key', photoIds: ['photo'], reason: '桥下无信号' },
      },
    ]);
  });
});
