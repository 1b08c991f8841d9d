import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startGstCameras } from './support/gst-cameras.ts';
import { startPlatform } from './support/platform.ts';
import { ownCpuSeconds, rssMib } from './support/processes.ts';
import { layCameras, openViewer, type Viewer } from './support/video-viewers.ts';

/** `WANGGE_BENCH_CAMERAS=4,8` for a look whether it runs. */
const steps = (process.env['WANGGE_BENCH_CAMERAS'] ?? '16,40,200').split(',').map(Number);
const settleS = 8;
const measureS = 20;

/** What a worker costs that pulls many cameras and sends each to one viewer; what cameras and viewers cost is not counted. */
export const bench = {
  name: 'video-ingest',
  about: `${steps.join(', ')} cameras (720p25, 2 Mbit/s, H.264 and G.711) relayed by one media worker, one viewer each`,
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const folder = mkdtempSync(join(tmpdir(), 'wangge-bench-cameras-'));
    const most = Math.max(...steps);
    const cameras = await startGstCameras(folder, most, steps.length * (settleS + measureS + 30) + 120);
    const platform = await startPlatform(log, { roles: ['media'], demo: false });
    const viewers: Viewer[] = [];
    const figures: Record<string, number> = {};
    try {
      const pid = platform.rolePid('media');
      const ids = await layCameras(
        platform,
        Array.from({ length: most }, (_, n) => cameras.url(n)),
      );
      for (const count of steps) {
        for (const id of ids.slice(viewers.length, count)) viewers.push(await openViewer(platform, id));
        await seconds(settleS);
        const [cpuBefore, before] = [ownCpuSeconds(pid), viewers.map(({ chunks }) => chunks)];
        await seconds(measureS);
        const cpu = ((ownCpuSeconds(pid) - cpuBefore) / measureS) * 100;
        // At least four in five of the pictures; sound comes on top.
        const receiving = viewers.filter(({ chunks }, n) => chunks - (before[n] ?? 0) > measureS * 25 * 0.8).length;
        log(`${count} cameras: ${cpu.toFixed(1)} % of a core, ${rssMib(pid).toFixed(0)} MiB, ${receiving} receiving`);
        figures[`cpu_core_pct_${count}`] = Math.round(cpu * 10) / 10;
        figures[`rss_mb_${count}`] = Math.round(rssMib(pid));
        figures[`receiving_${count}`] = receiving;
      }
      return figures;
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
