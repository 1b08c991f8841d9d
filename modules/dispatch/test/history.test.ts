import { rng } from '@wangge/geo';
import { demoTown, type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { unevenDays } from '../src/history/stories.ts';
import { dispatch, seedHistory } from '../src/index.ts';

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], {
    accounts: ['dispatcher', 'dispatcher2', 'member', 'neighbour', 'handler'],
  });
});
afterAll(() => town.close());

describe('the days of a year', () => {
  it('are uneven, quieter at weekends, and stay within it and in order', () => {
    const dayMs = 86_400_000;
    const fromMs = Date.parse('2026-01-01T00:00:00Z');
    const toMs = fromMs + 365 * dayMs;
    const momentOf = unevenDays(fromMs, toMs, rng(8));
    const moments = Array.from({ length: 5853 }, (_, i) => momentOf((i + 0.5) / 5853));
    expect(moments.toSorted((a, b) => a - b)).toEqual(moments);
    expect(moments[0]).toBeGreaterThanOrEqual(fromMs);
    expect(moments.at(-1)).toBeLessThanOrEqual(toMs);
    const perDay = new Map<number, number>();
    for (const at of moments) {
      const day = Math.floor((at - fromMs) / dayMs);
      perDay.set(day, (perDay.get(day) ?? 0) + 1);
    }
    const mean = (weekend: boolean): number => {
      const days = [...perDay].filter(
        ([day]) => [0, 6].includes(new Date(fromMs + day * dayMs).getUTCDay()) === weekend,
      );
      return days.reduce((sum, [, n]) => sum + n, 0) / days.length;
    };
    expect(mean(true)).toBeLessThan(0.7 * mean(false));
    expect(Math.max(...perDay.values())).toBeGreaterThan(2 * Math.min(...perDay.values()));
    expect([momentOf(0), momentOf(1)]).toEqual([fromMs, toMs]);
  });
});

describe('the demo town’s past', () => {
  const dayMs = 86_400_000;
  const load = (count: number, onProgress?: (done: number) => void) => {
    const toMs = town.clock.nowMs();
    return seedHistory(town.rt, {
      count,
      fromMs: toMs - 60 * dayMs,
      toMs,
      rng: rng(3),
      town: demoTown,
      ...(onProgress ? { onProgress } : {}),
    });
  };
  const rows = async () =>
    (
      await town.owner.query<{ client_key: string; state: string }>(
        'select client_key, state from incidents_incidents order by client_key',
      )
    ).rows;

  it('is lived through by the rules, and goes on where it was killed', async () => {
    const killed = load(60, (done) => {
      if (done === 20) throw new Error('killed');
    });
    await expect(killed).rejects.toThrow('killed');
    const before = await rows();
    expect(before).toHaveLength(20);
    await load(60);
    const after = await rows();
    expect(after).toHaveLength(60);
    expect(after).toEqual(expect.arrayContaining(before));
    await load(60);
    expect(await rows()).toEqual(after);
    expect(new Set(after.map((r) => r.state)).has('closed')).toBe(true);
  });

  it('has no step before its report or after the present, and tells nobody', async () => {
    const wrong = await town.owner.query(
      `select 1 from incidents_history h join incidents_incidents i on i.id = h.incident_id
       where h.at < i.reported_at or h.at > $1`,
      [new Date(town.clock.nowMs())],
    );
    expect(wrong.rowCount).toBe(0);
    expect((await town.owner.query('select 1 from notify_messages')).rowCount).toBe(0);
  });
});
