import { rng } from '@wangge/geo';
import { closedLoop, type LoopResult } from './support/closed-loop.ts';
import { commonWords, layIncidents, rareWords } from './support/lay-incidents.ts';
import { percentile, spread } from './support/percentile.ts';
import { startPlatform } from './support/platform.ts';

const incidents = 1_000_000;
const warmUpS = 3;
const measureS = 12;
interface Choices {
  readonly areas: readonly { id: string; level: string }[];
  readonly categories: readonly string[];
}

/** A different question each time, so that no answer comes from memory. */
function listQuestion(choices: Choices, pick: <T>(list: readonly T[]) => T, n: number): URLSearchParams {
  const query = new URLSearchParams({ limit: '50' });
  const kind = n % 4;
  if (kind !== 0) query.set('areaId', pick(choices.areas).id);
  if (kind === 1 || kind === 3) query.set('state', pick(['closed', 'handling,responded', 'reported', 'rejected']));
  if (kind === 2 || kind === 3) query.set('category', pick(choices.categories));
  const until = Date.now() - (n % 900) * 86_400_000;
  query.set('toMs', String(until));
  if (kind !== 3) query.set('fromMs', String(until - 90 * 86_400_000));
  return query;
}

/** Lists, text search and counts over a million incidents, by two dispatchers at once. */
export const bench = {
  name: 'incident-list',
  about: 'pages of 50, two-character search and dashboard counts over 1,000,000 incidents',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log);
    try {
      await layIncidents(platform, incidents, log);
      const client = platform.client({ cookie: await platform.logIn('diaodu'), connections: 2 });
      const { areas } = await client.json<{ areas: { id: string; level: string }[] }>('GET', '/api/areas');
      const { categories } = await client.json<{ categories: { code: string }[] }>('GET', '/api/incidents/categories');
      const choices: Choices = {
        areas: areas.filter((a) => a.level !== 'county'),
        categories: categories.map((c) => c.code),
      };
      const random = rng(5);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      const measure = async (what: string, question: (n: number) => string): Promise<LoopResult> => {
        let n = 0;
        const result = await closedLoop({
          clients: 2,
          warmUpS,
          measureS,
          next: () => client.call('GET', question(n++)),
        });
        if (result.failures.length > 0) throw new Error(`${what}: ${result.failures[0] ?? ''}`);
        log(`${what}: ${spread(result.times)} (${result.done})`);
        return result;
      };
      const list = await measure('lists', (n) => `/api/incidents?${listQuestion(choices, pick, n).toString()}`);
      const text = await measure('text', (n) => {
        const query =
          n % 3 === 0
            ? listQuestion(choices, pick, n)
            : new URLSearchParams({ limit: '50', toMs: String(Date.now() - n) });
        query.set('q', n % 2 === 0 ? pick(commonWords) : pick(rareWords));
        return `/api/incidents?${query.toString()}`;
      });
      const counts = await measure('counts', (n) => {
        const query = new URLSearchParams({ toMs: String(Date.now() - (n % 500) * 86_400_000) });
        if (n % 2 === 0) query.set('areaId', pick(choices.areas).id);
        return `/api/incidents/counts?${query.toString()}`;
      });
      client.close();
      return {
        p95_ms_list: percentile(list.times, 0.95),
        p95_ms_text: percentile(text.times, 0.95),
        p95_ms_counts: percentile(counts.times, 0.95),
      };
    } finally {
      await platform.stop();
    }
  },
};
