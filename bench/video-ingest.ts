import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chooseCounts, countingRole } from './support/counting-worker.ts';
import { startGstCameras } from './support/gst-cameras.ts';
import { startPlatform } from './support/platform.ts';
import { ownCpuSeconds, rssMib } from './support/processes.ts';
import { layCameras, openViewer, type Viewer } from './support/video-viewers.ts';

/** `WANGGE_BENCH_CAMERAS=4,8` for a look whether it runs. */
const steps = (process.env['WANGGE_BENCH_CAMERAS'] ?? '16,40,200').split(',').map(Number);
/** Of the first step's cameras each is looked at in the end. */
const watched = Math.min(...steps);
const settleS = 4;
const measureS = Number(process.env['WANGGE_BENCH_SECONDS'] ?? 15);
const connectS = 60;

/** What a worker costs that pulls many cameras and keeps their last group of pictures; what the cameras cost is not counted. */
export const bench = {
  name: 'video-ingest',
  about: `${steps.join(', ')} cameras (720p25, 2 Mbit/s, H.264 and G.711) pulled by one media worker, nobody looking; then ${watched} looked at`,
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const folder = mkdtempSync(join(tmpdir(), 'wangge-bench-cameras-'));
    const most = Math.max(...steps);
    const cameras = await startGstCameras(folder, most, (steps.length + 1) * (settleS + measureS + connectS) + 60);
    const counts = await chooseCounts();
    const platform = await startPlatform(log, { roles: ['media'], demo: false, mediaProgram: countingRole });
    const viewers: Viewer[] = [];
    const figures: Record<string, number> = {};
    try {
      const pid = platform.rolePid('media');
      const ids = await layCameras(
        platform,
        Array.from({ length: most }, (_, n) => cameras.url(n)),
      );
      const load = async (): Promise<number> => {
        await seconds(settleS);
        const before = ownCpuSeconds(pid);
        await seconds(measureS);
        return Math.round(((ownCpuSeconds(pid) - before) / measureS) * 1000) / 10;
      };
      const look = async (): Promise<number> => {
        for (const id of ids.slice(0, watched)) viewers.push(await openViewer(platform, id));
        const cpu = await load();
        const seen = viewers.filter(({ chunks }) => chunks > measureS * 25 * 0.8).length;
        log(`${watched} of them looked at: ${cpu} % of a core, ${seen} seen`);
        for (const viewer of viewers.splice(0)) viewer.close();
        return cpu;
      };
      for (const count of steps) {
        await taken(counts.take, ids.slice(0, count));
        await seconds(settleS);
        const before = await counts.take([]);
        const beganMs = performance.now();
        const cpu = await load();
        const after = await counts.take([]);
        // Of the pictures that the cameras sent meanwhile.
        const sent = ((performance.now() - beganMs) / 1000) * 25;
        const receiving = ids.filter((id) => (after.get(id) ?? 0) - (before.get(id) ?? 0) > sent * 0.9).length;
        const rss = Math.round(rssMib(pid));
        log(`${count} cameras: ${cpu} % of a core, ${rss} MiB, ${receiving} in full`);
        figures[`cpu_core_pct_${count}`] = cpu;
        figures[`rss_mb_${count}`] = rss;
        figures[`receiving_${count}`] = receiving;
        if (count === watched) figures[`cpu_core_pct_${count}_looked_at`] = await look();
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

/** Until all of them sent a picture; what does not come within the time shows in the figures. */
async function taken(take: (ids: readonly string[]) => Promise<ReadonlyMap<string, number>>, ids: readonly string[]) {
  const endMs = performance.now() + connectS * 1000;
  // Not all at once: the cameras' own server makes its pipelines one after the other.
  for (let at = 0; at < ids.length; at += 8) {
    const some = ids.slice(0, at + 8);
    for (;;) {
      const counts = await take(some);
      if (performance.now() > endMs || some.every((id) => (counts.get(id) ?? 0) > 0)) break;
      await seconds(0.2);
    }
  }
}

function seconds(s: number): Promise<void> {
  return new Promise((done) => setTimeout(done, s * 1000));
}
