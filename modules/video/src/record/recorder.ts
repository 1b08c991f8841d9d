/** Keeps recordings going: follows the register, subscribes to hubs, and stores what segments end. */
import { type Runtime, sql } from '@wangge/kernel';
import type { RecordingPlan } from '../contract.ts';
import type { Hubs, Subscription, Variant } from '../media/hub.ts';
import { shardOf } from '../media/nodes.ts';
import { alarm } from './alarm.ts';
import { CameraRecorder, type RecorderHost } from './camera-recorder.ts';
import { DiskState } from './disk-state.ts';
import { openPath } from './places.ts';
import { recover, recoverFile } from './recover.ts';
import { dayMs, localTime, shouldRecord } from './rules.ts';
import { addSegment, type NewSegment } from './store/segments.ts';

export interface RecorderOptions {
  readonly shard: number;
  readonly shards: number;
  readonly segmentMs?: number;
  /** How often the register is looked at. */
  readonly pollMs?: number;
}
export interface Recorder {
  /** How many cameras are subscribed to now. */
  readonly recording: number;
  /** Null while the disk takes what it is given. */
  readonly diskFailure: string | null;
  /** Looks at the register now. */
  poll(): Promise<void>;
  /** Ends all segments; resolves when their files and rows are there. */
  close(): Promise<void>;
}

interface Wanted {
  readonly id: string;
  readonly variant: Variant;
}
interface Running {
  readonly variant: Variant;
  readonly recorder: CameraRecorder;
  subscription: Subscription | null;
}

/** Starts with what a crash left behind; a disk or a database that fails later stops nothing but itself. */
export async function startRecorder(rt: Runtime, hubs: Hubs, options: RecorderOptions): Promise<Recorder> {
  const recorder = new RunningRecorder(rt, hubs, options);
  await recorder.start();
  return recorder;
}

class RunningRecorder implements Recorder, RecorderHost {
  readonly dataDir: string;
  readonly segmentMs: number | undefined;
  readonly #rt: Runtime;
  readonly #hubs: Hubs;
  readonly #options: RecorderOptions;
  readonly #disk: DiskState;
  readonly #cameras = new Map<string, Running>();
  /** Rows that the database has not taken yet. */
  #rows: NewSegment[] = [];
  #abandoned: { cameraId: string; startMs: number; path: string }[] = [];
  #storing: Promise<void> = Promise.resolve();
  #polling: Promise<void> | undefined;
  #timer: NodeJS.Timeout | undefined;

  constructor(rt: Runtime, hubs: Hubs, options: RecorderOptions) {
    this.#rt = rt;
    this.#hubs = hubs;
    this.#options = options;
    this.dataDir = rt.config.dataDir;
    this.segmentMs = options.segmentMs;
    this.#disk = new DiskState(
      () => rt.clock.nowMs(),
      (failure) => {
        if (failure === null) rt.log.info('recordings are written again');
        else void alarm(rt, 'disk', { failure });
      },
    );
  }

  get recording(): number {
    return this.#cameras.size;
  }
  get diskFailure(): string | null {
    return this.#disk.failure;
  }

  async start(): Promise<void> {
    const { shard, shards, pollMs = 5000 } = this.#options;
    const mine = (cameraId: string): boolean => shardOf(cameraId, shards) === shard;
    const found = await recover(this.#rt, mine, this.#rt.clock.nowMs() - 2 * dayMs);
    if (found.saved + found.empty + found.unreadable > 0)
      this.#rt.log.info({ found }, 'recordings of before were saved');
    await this.poll();
    this.#timer = setInterval(() => void this.poll(), pollMs);
  }

  poll(): Promise<void> {
    this.#polling ??= this.#poll()
      .catch((error: unknown) => this.#rt.log.warn({ err: messageOf(error) }, 'the register could not be followed'))
      .finally(() => (this.#polling = undefined));
    return this.#polling;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#polling;
    await Promise.all([...this.#cameras.keys()].map((id) => this.#stop(id)));
    this.#store();
    await this.#storing;
  }

  // What a camera's recorder asks and tells.
  writable(): boolean {
    return this.#disk.writable();
  }
  onDone(segment: NewSegment): void {
    this.#disk.worked();
    this.#rows.push(segment);
    this.#store();
  }
  onDiskFailure(error: unknown): void {
    this.#disk.failed(error);
  }
  onAbandoned(cameraId: string, startMs: number, path: string): void {
    this.#abandoned.push({ cameraId, startMs, path: openPath(path) });
  }

  async #poll(): Promise<void> {
    this.#store();
    const wanted = new Map((await this.#wanted()).map((one) => [one.id, one]));
    for (const [id, running] of this.#cameras) {
      if (wanted.get(id)?.variant !== running.variant) await this.#stop(id);
    }
    for (const [id, { variant }] of wanted) if (!this.#cameras.has(id)) await this.#begin(id, variant);
  }

  async #wanted(): Promise<Wanted[]> {
    const { shard, shards } = this.#options;
    const rows = await this.#rt.system('video', (tx) =>
      tx.rows<{ id: string; plan: RecordingPlan }>(sql`select id, recording as plan from video_cameras
        where retired_at is null and paused_at is null and recording->>'mode' <> 'off'`),
    );
    const now = localTime(this.#rt.config.zone, this.#rt.clock.nowMs());
    return rows
      .filter(({ id, plan }) => shardOf(id, shards) === shard && shouldRecord(plan, now))
      .map(({ id, plan }) => ({ id, variant: plan.variant }));
  }

  async #begin(id: string, variant: Variant): Promise<void> {
    const running: Running = { variant, recorder: new CameraRecorder(this, id, variant), subscription: null };
    this.#cameras.set(id, running);
    try {
      running.subscription = await this.#hubs.subscribe(id, variant, running.recorder);
    } catch (error) {
      // Retired in between, or its worker is not ready: the next look at the register decides.
      this.#cameras.delete(id);
      this.#rt.log.warn({ camera: id, err: messageOf(error) }, 'a camera cannot be recorded');
    }
  }

  async #stop(id: string): Promise<void> {
    const running = this.#cameras.get(id);
    if (!running) return;
    this.#cameras.delete(id);
    running.subscription?.close();
    await running.recorder.close();
  }

  /** One row behind the other, in the order in which segments ended: that is the order of the chain. */
  #store(): void {
    this.#storing = this.#storing.then(async () => {
      for (let row = this.#rows[0]; row; row = this.#rows[0]) {
        try {
          await addSegment(this.#rt, row);
        } catch (error) {
          this.#rt.log.warn({ err: messageOf(error), waiting: this.#rows.length }, 'a segment waits for its row');
          return;
        }
        this.#rows.shift();
      }
      if (this.#disk.failure === null) await this.#saveAbandoned();
    });
  }

  async #saveAbandoned(): Promise<void> {
    for (const { cameraId, startMs, path } of this.#abandoned.splice(0)) {
      try {
        await recoverFile(this.#rt, cameraId, startMs, path);
      } catch (error) {
        this.#rt.log.warn({ path, err: messageOf(error) }, 'what a full disk cut off cannot be saved');
      }
    }
  }
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
