import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LiveEvent } from '../../src/index.ts';
import { ReplayBuffer } from '../../src/live/replay-buffer.ts';

const event = (seq: number): LiveEvent => ({
  seq,
  type: 't',
  subjectId: String(seq),
  areaPath: '',
  accountIds: [],
  departmentIds: [],
  payload: null,
});

describe('the replay buffer', () => {
  it('tells what came after, and says when it cannot know', () => {
    const buffer = new ReplayBuffer(10);
    buffer.start([], 0, 0);
    for (let seq = 1; seq <= 8; seq++) buffer.add([event(seq)], seq * 60_000);
    expect(buffer.since(5)?.map((e) => e.seq)).toEqual([6, 7, 8]);
    expect(buffer.since(8)).toEqual([]);
    expect(buffer.since(9)).toBeNull();
    for (let seq = 9; seq <= 40; seq++) buffer.add([event(seq)], seq * 60_000);
    expect(buffer.since(5)).toBeNull();
    expect(buffer.since(39)?.map((e) => e.seq)).toEqual([40]);
  });

  it('loses nothing to a browser that leaves at any moment, in whatever order numbers commit', () => {
    fc.assert(
      fc.property(
        fc.uniqueArray(fc.integer({ min: 1, max: 60 }), { minLength: 1, maxLength: 30 }),
        fc.array(fc.integer({ min: 0, max: 1200 }), { minLength: 30, maxLength: 30 }),
        fc.nat(),
        (order, pauses, leave) => {
          const buffer = new ReplayBuffer(100);
          buffer.start([], 0, 0);
          const leftAfter = leave % order.length;
          let atMs = 0;
          let lastSeen = 0;
          order.forEach((seq, n) => {
            // A lower number follows a higher one within seconds, or its transaction is given up.
            atMs += (pauses[n] ?? 0) / 10;
            buffer.add([event(seq)], atMs);
            if (n <= leftAfter) lastSeen = seq;
          });
          const again = new Set(buffer.since(lastSeen)?.map((e) => e.seq));
          for (const seq of order.slice(leftAfter + 1)) expect(again).toContain(seq);
        },
      ),
    );
  });
});
