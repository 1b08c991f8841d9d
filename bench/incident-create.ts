import { newId } from '@wangge/contract-kit';
import { rng } from '@wangge/geo';
import { demoSeed, generateDemoTown, randomPlaceIn } from '@wangge/geo/town';
import { closedLoop } from './support/closed-loop.ts';
import { percentile, spread } from './support/percentile.ts';
import { startPlatform } from './support/platform.ts';
import { openWire } from './support/wire.ts';

const warmUpS = 4;
const measureS = 12;
/** Places and words differ, so that lookups, search index and roll-up work as in a town. */
const kinds = ['路灯不亮', '井盖破损', '垃圾未清运', '电动车占道', '树枝折断压线', '下水道堵塞'];

/**
 * A dispatcher writes down telephone calls: session, policy, validation, place → area, one transaction
 * with incident, reporter, history, roll-up, outbox and a job, committed to disk.
 */
export const bench = {
  name: 'incident-create',
  about: 'incidents created over HTTP through the full path, by 1 and by 8 clients',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log);
    try {
      const cookie = await platform.logIn('diaodu');
      const client = platform.client({ cookie });
      const { categories } = await client.json<{ categories: { code: string; parentCode: string | null }[] }>(
        'GET',
        '/api/incidents/categories',
      );
      const codes = categories.filter((c) => c.parentCode !== null).map((c) => c.code);
      const town = generateDemoTown(demoSeed);
      const random = rng(11);
      const places = Array.from({ length: 2000 }, () => randomPlaceIn(town, random));
      const wires = await Promise.all(Array.from({ length: 8 }, () => openWire(platform.url, cookie)));
      let sent = 0;
      const report = (sender: number) => {
        const n = sent++;
        const [lon = 0, lat = 0] = places[n % places.length] ?? [];
        const wire = wires[sender];
        if (!wire) throw new Error('no wire');
        return wire.send('POST', '/api/incidents', {
          clientKey: newId(),
          categoryCode: codes[n % codes.length],
          description: `${kinds[n % kinds.length] ?? ''}，居民来电反映，第 ${n} 件`,
          place: { lon, lat },
          address: `中心路 ${(n % 300) + 1} 号`,
          reporterPhone: `138${String(n % 100_000_000).padStart(8, '0')}`,
        });
      };
      const one = await closedLoop({ clients: 1, warmUpS, measureS, next: report });
      log(`1 client: ${one.perS.toFixed(0)}/s, ${spread(one.times)}`);
      const cpuBefore = platform.cpuSeconds();
      const apiBefore = platform.apiCpuSeconds();
      const sentBefore = sent;
      const eight = await closedLoop({ clients: 8, warmUpS, measureS, next: report });
      const cpuMsPerOp = ((platform.cpuSeconds() - cpuBefore) * 1000) / (sent - sentBefore);
      const apiMsPerOp = ((platform.apiCpuSeconds() - apiBefore) * 1000) / (sent - sentBefore);
      const cost = `${cpuMsPerOp.toFixed(2)} ms CPU each, ${apiMsPerOp.toFixed(2)} of it in the API`;
      log(`8 clients: ${eight.perS.toFixed(0)}/s, ${spread(eight.times)}, ${cost}`);
      const failures = [...one.failures, ...eight.failures];
      if (failures.length > 0) throw new Error(`${failures.length} reports failed, first: ${failures[0] ?? ''}`);
      client.close();
      for (const wire of wires) wire.close();
      return {
        ops_per_s_1: Math.round(one.perS),
        ops_per_s_8: Math.round(eight.perS),
        p95_ms_8: percentile(eight.times, 0.95),
        cpu_ms_per_op: cpuMsPerOp,
      };
    } finally {
      await platform.stop();
    }
  },
};
