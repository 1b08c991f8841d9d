import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { LiveEvent } from '../../src/index.ts';
import { Rounds } from '../../src/live/rounds.ts';

let hear: (events: readonly LiveEvent[]) => void;
let rounds: Rounds;
let told: number[];
let seq = 0;
const change = (): void =>
  hear([{ seq: ++seq, type: 't', subjectId: 's', areaPath: '', accountIds: [], departmentIds: [], payload: null }]);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  rounds = new Rounds({
    subscribe(listener) {
      hear = listener;
      return () => undefined;
    },
  });
  told = [];
  rounds.onRound((events) => told.push(events.length));
});
afterEach(() => {
  rounds.close();
  vi.useRealTimers();
});

describe('rounds', () => {
  it('pass on the first change after quiet at once, later ones gathered', () => {
    change();
    vi.advanceTimersByTime(0);
    expect(told).toEqual([1]);
    change();
    change();
    vi.advanceTimersByTime(249);
    expect(told).toEqual([1]);
    vi.advanceTimersByTime(1);
    expect(told).toEqual([1, 2]);
    expect(rounds.stormy).toBe(false);
  });

  it('slow down in a storm, lose nothing, and recover', () => {
    for (let n = 0; n < 100; n++) {
      change();
      vi.advanceTimersByTime(50);
    }
    expect(rounds.stormy).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(rounds.stormy).toBe(false);
    expect(told.reduce((sum, n) => sum + n, 0)).toBe(100);
    // Five seconds of storm, two rounds each, and what came before it was one.
    expect(told.length).toBeLessThan(14);
  });

  it('pass on what waits when asked to', () => {
    change();
    vi.advanceTimersByTime(0);
    change();
    rounds.flush();
    expect(told).toEqual([1, 1]);
    rounds.flush();
    expect(told).toEqual([1, 1]);
  });
});
