import { describe, expect, it } from 'vitest';
import { liveStep } from '../src/video/player/buffer-policy.ts';
import { firstState, nextState, retryDelayMs, stalledAfterMs } from '../src/video/player/stream-state.ts';
import { momentAt, withPosition } from '../src/video/playback/wall-clock.ts';
import { recordedFrom, wholeDay, zoomed } from '../src/video/playback/day-line.ts';
import { nextTile, placed, resized, tourGroups } from '../src/video/wall/wall-model.ts';
import { readLines } from '../src/video/cameras/bulk-lines.ts';

describe('a live player', () => {
  it.each([
    [0.3, 1],
    [0.05, 0.95],
    [0.8, 1.1],
    [2, 1.25],
  ])('%s s behind the present it plays at %s', (lagS, rate) => {
    const step = liveStep({ currentS: 10 - lagS, rate: 1, ranges: [[0, 10]] });
    expect(step).toMatchObject({ rate, seekS: null });
  });
  it('jumps when it is far behind, and over a hole', () => {
    expect(liveStep({ currentS: 5, rate: 1, ranges: [[0, 10]] }).seekS).toBeCloseTo(9.7);
    expect(
      liveStep({
        currentS: 5,
        rate: 1,
        ranges: [
          [0, 6],
          [9, 9.1],
        ],
      }).seekS,
    ).toBe(9);
  });
  it('forgets what is long past', () => {
    expect(liveStep({ currentS: 29.7, rate: 1, ranges: [[0, 30]] }).dropBeforeS).toBeCloseTo(23.7);
  });
});

describe('what a tile knows', () => {
  it('is live with the first picture and stands still without further ones', () => {
    const live = nextState(firstState, { type: 'frame', nowMs: 1 });
    expect(live.kind).toBe('live');
    expect(nextState(live, { type: 'tick', nowMs: 2 + stalledAfterMs }).kind).toBe('stalled');
  });
  it.each([
    ['forbidden', false, {}, 'no-right'],
    ['guard-failed', false, { guard: 'paused' }, 'paused'],
    ['not-found', false, {}, 'gone'],
    ['unavailable', false, {}, 'no-worker'],
    ['unavailable', true, {}, 'no-network'],
  ] as const)('%s (offline %s) is said in words of its own', (code, offline, details, kind) => {
    const error = { code, offline, details, text: { zh: '', en: '' } };
    expect(nextState(firstState, { type: 'refused', error, nowMs: 1 }).kind).toBe(kind);
  });
  it('tries again within 5 s, but not what will stay refused', () => {
    for (let failures = 0; failures < 20; failures += 1)
      expect(retryDelayMs('no-worker', failures, 1)).toBeLessThanOrEqual(5000);
    expect(retryDelayMs('no-right', 0, 0)).toBeNull();
  });
});

describe('a wall', () => {
  it('changes places instead of showing a camera twice', () => {
    expect(placed(['a', 'b', null, null], 1, 'a')).toEqual(['b', 'a', null, null]);
  });
  it('moves what does not fit into empty tiles', () => {
    expect(resized(['a', null, null, null, 'b'], 4)).toEqual(['a', 'b', null, null]);
    expect(nextTile(['a', null], 0)).toBe(1);
    expect(tourGroups(['a', 'b', 'c', 'd', 'e'], 4)).toEqual([['a', 'b', 'c', 'd'], ['e']]);
  });
});

describe('looking back', () => {
  it('knows the moment of a place in the media', () => {
    const list = withPosition(withPosition([], { mediaS: 0, atMs: 1000 }), { mediaS: 10, atMs: 60_000 });
    expect(momentAt(list, 4)).toBe(5000);
    expect(momentAt(list, 12)).toBe(62_000);
    expect(momentAt([], 1)).toBeNull();
  });
  it('zooms within the day and begins where something was recorded', () => {
    const day = 1_000_000;
    const near = zoomed(wholeDay(day), day, day, 0.5);
    expect(near).toEqual({ fromMs: day, toMs: day + 43_200_000 });
    expect(recordedFrom([{ fromMs: 50, toMs: 90 }], 10)).toBe(50);
    expect(recordedFrom([{ fromMs: 50, toMs: 90 }], 95)).toBeNull();
  });
});

describe('pasted addresses', () => {
  it('takes user and password out of them', () => {
    expect(readLines('rtsp://a:b%40@10.0.0.8/ch1\n\nrtsp://10.0.0.9/x root pw')).toEqual([
      { url: 'rtsp://10.0.0.8/ch1', user: 'a', password: 'b@' },
      { url: 'rtsp://10.0.0.9/x', user: 'root', password: 'pw' },
    ]);
    expect(readLines('rtsp://10.0.0.8/ch1\nhttp://x')).toBe(2);
  });
});
