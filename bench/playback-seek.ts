import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { SegmentRecorder } from '@wangge/fmp4';
import { videoRecording } from '@wangge/video/recording';
import { createHash } from 'node:crypto';
import { layCameras } from './support/lay-cameras.ts';
import { percentile, spread } from './support/percentile.ts';
import { startPlatform } from './support/platform.ts';
import { later, videoClip } from './support/video-clip.ts';

const minutes = 1440;
const tries = 200;
const minuteMs = 60_000;
const { addSegment, segmentPath, PlaySession, SegmentScans } = videoRecording;

/** From the player's wish to the first bytes that it can decode; each at a segment that nobody has opened before. */
export const bench = {
  name: 'playback-seek',
  about: 'seeks in 24 hours of one camera (1440 segments of a minute), to the first fragment',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log);
    try {
      const { rt } = platform;
      const [cameraId = ''] = await layCameras(rt, 1);
      const startMs = Math.floor(Date.now() / minuteMs) * minuteMs - minutes * minuteMs;
      const sample = oneMinute();
      // One minute is hashed and written while others wait for the disk to take their rows.
      let laid = 0;
      const lay = async (): Promise<void> => {
        for (let i = laid++; i < minutes; i = laid++) await layMinute(cameraId, startMs + i * minuteMs);
      };
      await Promise.all(Array.from({ length: 4 }, lay));
      log(`${minutes} segments of ${(sample.length / 1e6).toFixed(1)} MB`);
      let arrived: (() => void) | null = null;
      const socket = {
        readyState: 1,
        send(data: string | Uint8Array, done: () => void) {
          if (typeof data !== 'string' && data.length > 5000) arrived?.();
          done();
        },
        close: () => undefined,
      };
      const view = { cameraId, variant: 'main', fromMs: startMs, toMs: startMs + minutes * minuteMs } as const;
      const session = new PlaySession(rt, new SegmentScans(platform.config.dataDir), socket, view);
      const running = session.run();
      const times: number[] = [];
      for (let i = 0; i < tries; i++) {
        // Far from the one before, and never the same minute twice.
        const atMs = startMs + ((i * 617) % minutes) * minuteMs + 31_000;
        const began = performance.now();
        await new Promise<void>((done) => {
          arrived = done;
          session.take(JSON.stringify({ type: 'seek', atMs }));
        });
        times.push(performance.now() - began);
        session.take(JSON.stringify({ type: 'pause' }));
        session.take(JSON.stringify({ type: 'resume' }));
      }
      session.close();
      await running;
      log(spread(times));
      return { p95_ms: Number(percentile(times, 0.95).toFixed(1)) };

      async function layMinute(id: string, atMs: number): Promise<void> {
        const path = segmentPath(platform.config.dataDir, id, atMs);
        await mkdir(dirname(path), { recursive: true });
        const bytes = moved(sample, atMs);
        await writeFile(path, bytes);
        const sha256 = createHash('sha256').update(bytes).digest('hex');
        const facts = { codecs: ['avc1.42c01f'], width: 1280, height: 720, saved: false, variant: 'main' } as const;
        await addSegment(rt, {
          ...facts,
          cameraId: id,
          startMs: atMs,
          endMs: atMs + minuteMs,
          bytes: bytes.length,
          sha256,
        });
      }
    } finally {
      await platform.stop();
    }
  },
};

/** One minute as the recorder writes it. */
function oneMinute(): Buffer {
  const clip = videoClip(10, 300);
  const parts: Buffer[] = [];
  const recorder = new SegmentRecorder({
    tracks: clip.tracks,
    segmentMs: 3_600_000,
    onStart: () => undefined,
    onBytes: (bytes) => parts.push(bytes),
    onEnd: () => undefined,
  });
  for (let round = 0; round < 6; round++) {
    for (const frame of clip.frames) {
      const one = later(frame, round * 10_000_000);
      recorder.push(one, one.ptsUs / 1000);
    }
  }
  recorder.close();
  return Buffer.concat(parts);
}

/** The same minute at another time: seconds of 1900 in each producer reference time. */
function moved(sample: Buffer, atMs: number): Buffer {
  const bytes = Buffer.from(sample);
  for (let at = bytes.indexOf('prft'); at >= 0; at = bytes.indexOf('prft', at + 28)) {
    bytes.writeUInt32BE((bytes.readUInt32BE(at + 12) + Math.round(atMs / 1000)) % 2 ** 32, at + 12);
  }
  return bytes;
}
