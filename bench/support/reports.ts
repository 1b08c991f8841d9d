/** Reports as a dispatcher takes them down: another place and another text each time. */
import { newId } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { rng } from '@wangge/geo';
import type { Client } from './http.ts';
import type { Platform } from './platform.ts';

export interface Reporter {
  /** A body for `POST /api/incidents`, never the same twice. */
  body(): Record<string, unknown>;
}

/** Categories as the platform offers them, places near the middle of its grids. */
export async function reporterFor(platform: Platform, client: Client, seed = 1): Promise<Reporter> {
  const { categories } = await client.json<{
    categories: { code: string; parentCode: string | null; active: boolean }[];
  }>('GET', '/api/incidents/categories');
  const codes = categories.filter((c) => c.parentCode !== null && c.active).map((c) => c.code);
  const centers = areaIndex(platform.rt)
    .all()
    .flatMap((area) => (area.level === 'grid' && area.center ? [area.center] : []));
  if (codes.length === 0 || centers.length === 0) throw new Error('the demo town has no categories or no grids');
  const random = rng(seed);
  const pick = <T>(from: readonly T[]): T | undefined => from[Math.floor(random() * from.length)];
  let n = 0;
  return {
    body: () => ({
      clientKey: newId(),
      categoryCode: pick(codes),
      description: `压测上报第${++n}条：路灯不亮，井盖松动，请尽快处理。`,
      place: pick(centers),
    }),
  };
}
