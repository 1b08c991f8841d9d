import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGstCameras } from './support/gst-cameras.ts';
import { startPlatform } from './support/platform.ts';
import { ownCpuSeconds } from './support/processes.ts';
import { layCameras, openViewer, type Viewer } from './support/video-viewers.ts';

const audience = Number(process.env['WANGGE_BENCH_VIEWERS'] ?? 200);
const settleS = 5;
const measureS = 20;
/** Without a picture for longer, people see it stand. */
const gapMs = 500;

/** Many who look at one camera: what each of them costs, and whether anybody's picture stood still. */
export const bench = {
  name: 'video-fanout',
  about: `one camera (720p25, 2 Mbit/s), ${audience} viewers: processor time for each, and pictures that stood`,
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const folder = mkdtempSync(join(tmpdir(), 'wangge-bench-cameras-'));
    const cameras = await startGstCameras(folder, 1, 2 * (settleS + measureS) + 60);
    const platform = await startPlatform(log, { roles: ['media'], demo: false });
    const viewers: Viewer[] = [];
    try {
      const pid = platform.rolePid('media');
      const [id = ''] = await layCameras(platform, [cameras.url(0)]);
      const measure = async (): Promise<number> => {
        await seconds(settleS);
        for (const viewer of viewers) viewer.longestGapMs = 0;
        const before = ownCpuSeconds(pid);
        await seconds(measureS);
        return ((ownCpuSeconds(pid) - before) / measureS) * 100;
      };
      viewers.push(await openViewer(platform, id));
      const alone = await measure();
      for (let n = 1; n < audience; n++) viewers.push(await openViewer(platform, id));
      const all = await measure();
      const gaps = viewers.filter(({ longestGapMs }) => longestGapMs > gapMs).length;
      const each = (all - alone) / (audience - 1);
      log(`one viewer ${alone.toFixed(1)} %, ${audience} viewers ${all.toFixed(1)} % of a core; ${gaps} had a gap`);
      return { cpu_core_pct_per_viewer: Math.round(each * 1000) / 1000, gaps };
    } finally {
      for (const viewer of viewers) viewer.close();
      await platform.stop();
      cameras.stop();
      rmSync(folder, { recursive: true, force: true });
    }
  },
};

function seconds(s: number): Promise<void> {
  return new Promise((done) => setTimeout(done, s * 1000));
}
