import { describe, expect, it, vi } from 'vitest';
import { type Kept, keep } from '../src/supervisor/keeper.ts';

/** A thing whose ends the test decides. */
function fake() {
  const ends: ((why: string) => void)[] = [];
  const start = vi.fn(async (): Promise<Kept> => {
    let finish: (why: string) => void = () => undefined;
    const ended = new Promise<string>((done) => (finish = done));
    ends.push(finish);
    return { ended, stop: () => Promise.resolve(finish('was stopped')) };
  });
  return { start, ends };
}

describe('keeper', () => {
  it('starts again what ends, with growing pauses, until it is stopped', async () => {
    const { start, ends } = fake();
    const troubles: string[] = [];
    const keeper = await keep({ name: 'x', start, onTrouble: (line) => troubles.push(line), firstPauseMs: 1 });
    for (let round = 1; round <= 3; round++) {
      ends[round - 1]?.('fell over');
      await vi.waitFor(() => expect(start).toHaveBeenCalledTimes(round + 1));
    }
    await keeper.stop();
    expect(troubles.map((line) => /in ([\d.]+) s$/.exec(line)?.[1])).toEqual(['0.001', '0.002', '0.004']);
    expect(start).toHaveBeenCalledTimes(4);
  });

  it('tries on when a start fails', async () => {
    const { start, ends } = fake();
    const onRecovered = vi.fn();
    const troubles: string[] = [];
    const onTrouble = (line: string) => troubles.push(line);
    const keeper = await keep({ name: 'x', start, onTrouble, onRecovered, firstPauseMs: 1, longestPauseMs: 2 });
    start.mockRejectedValueOnce(new Error('no room'));
    ends[0]?.('fell over');
    await vi.waitFor(() => expect(onRecovered).toHaveBeenCalledTimes(1));
    expect(troubles).toContain('x: no room');
    await keeper.stop();
  });

  it('does not keep what never started', async () => {
    const start = vi.fn(() => Promise.reject(new Error('bad')));
    await expect(keep({ name: 'x', start, onTrouble: () => undefined })).rejects.toThrow('bad');
    expect(start).toHaveBeenCalledTimes(1);
  });
});
