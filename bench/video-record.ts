import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { videoRecording } from '@wangge/video/recording';
import { layCameras } from './support/lay-cameras.ts';
import { startPlatform } from './support/platform.ts';
import { type BenchClip, later, videoClip } from './support/video-clip.ts';

const cameras = 40;
/** Two whole segments and one that is ended: decoding them all takes most of the time. */
const seconds = 32;
type Subscriber = Parameters<Parameters<typeof videoRecording.startRecorder>[1]['subscribe']>[2];

/** The frames come out of memory in real time: what is measured is writing them, hashing them and their rows. */
export const bench = {
  name: 'video-record',
  about: '40 cameras of 720p25, 2 Mbit/s and A-law sound, to segments on the disk; every file decoded',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const clip = videoClip(10);
    const platform = await startPlatform(log);
    try {
      await layCameras(platform.rt, cameras);
      const idle = await feed(clip, new Map(), seconds / 4);
      const subscribers = new Map<string, Subscriber>();
      const hubs = {
        subscribe: (id: string, _variant: string, subscriber: Subscriber) => {
          subscribers.set(id, subscriber);
          subscriber.onTracks(clip.tracks);
          const nothing = (): void => undefined;
          return Promise.resolve({ pause: nothing, resume: nothing, close: () => void subscribers.delete(id) });
        },
      };
      const recorder = await videoRecording.startRecorder(platform.rt, hubs, {
        shard: 0,
        shards: 1,
        segmentMs: 15_000,
      });
      log(`${recorder.recording} cameras are recorded`);
      const busy = await feed(clip, subscribers, seconds);
      await recorder.close();
      log(`${busy.toFixed(1)} % of a core; now every file is decoded, which takes a minute or two`);
      const files = readdirSync(join(platform.config.dataDir, 'video', 'rec'), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.(mp4|part)$/.test(name))
        .map((name) => join(platform.config.dataDir, 'video', 'rec', name));
      const bad = await countBad(files);
      log(`${files.length} files, ${bad} bad; the feeding alone took ${idle.toFixed(1)} % of a core`);
      return { cpu_core_pct_40: Number(busy.toFixed(1)), bad_files: bad };
    } finally {
      await platform.stop();
    }
  },
};

/** Plays the clip over and over in real time; answers the percentage of a core that this process took. */
function feed(clip: BenchClip, subscribers: ReadonlyMap<string, Subscriber>, lengthS: number): Promise<number> {
  const began = performance.now();
  const startMs = Date.now();
  const cpu = process.cpuUsage();
  let next = 0;
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      const nowUs = (performance.now() - began) * 1000;
      for (;;) {
        const round = Math.floor(next / clip.frames.length);
        const frame = clip.frames[next % clip.frames.length];
        if (!frame) break;
        const moved = later(frame, round * clip.seconds * 1e6);
        if (moved.ptsUs > nowUs) break;
        next++;
        for (const one of subscribers.values()) one.onFrame(moved, startMs + moved.ptsUs / 1000);
      }
      if (nowUs < lengthS * 1e6) return;
      clearInterval(timer);
      const { user, system } = process.cpuUsage(cpu);
      resolve(((user + system) / 1000 / (performance.now() - began)) * 100);
    }, 20);
  });
}

/** Two at a time. */
async function countBad(files: readonly string[]): Promise<number> {
  let next = 0;
  let bad = 0;
  const one = async (): Promise<void> => {
    for (let file = files[next++]; file !== undefined; file = files[next++]) if (!(await decodes(file))) bad++;
  };
  await Promise.all([one(), one()]);
  return bad;
}

/** Whether ffmpeg takes every picture of it without a word of complaint. */
async function decodes(file: string): Promise<boolean> {
  const args = ['-v', 'error', '-xerror', '-nostdin', '-threads', '1', '-i', file, '-f', 'null', '-'];
  const program = spawn('ffmpeg', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = 0;
  program.stderr.on('data', (bytes: Buffer) => (said += bytes.length));
  const [status] = (await once(program, 'close')) as [number | null];
  return status === 0 && said === 0;
}
