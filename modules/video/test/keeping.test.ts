/** How long recordings stay: floors, ceilings, quota, locks; and the chain that shows what went otherwise. */
import { appendFileSync, existsSync, rmSync } from 'node:fs';
import { newId } from '@wangge/contract-kit';
import type { IncidentTown } from '@wangge/incidents/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { locksPage, lockStretch, releaseStretch } from '../src/record/actions/locks.ts';
import { storageNow } from '../src/record/actions/read-storage.ts';
import { timelineOf } from '../src/record/actions/read-timeline.ts';
import { evict } from '../src/record/evict.ts';
import { recordJobs } from '../src/record/jobs.ts';
import { recordingsFolder, segmentPath } from '../src/record/places.ts';
import { startRecorder } from '../src/record/recorder.ts';
import { usedBytes } from '../src/record/store/evictions.ts';
import { verifyChain } from '../src/record/verify-chain.ts';
import { makeClip, ScriptedHubs } from './frames.ts';
import { layCamera, openVideoTown } from './record-town.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });
const startMs = Date.UTC(2026, 10, 2, 1);
const dayMs = 86_400_000;
const clip = makeClip(10);

let town: IncidentTown;
let cameraId: string;
beforeAll(async () => {
  town = await openVideoTown(['dispatcher', 'member']);
});
afterAll(() => town.close());
beforeEach(async () => {
  town.clock.set(startMs);
  rmSync(recordingsFolder(town.dataDir), { recursive: true, force: true });
  await town.owner.query(
    'truncate video_segments, video_chains, video_evictions, video_locks; update video_cameras set retired_at = now()',
  );
  cameraId = await layCamera(town, { plan: { floorDays: 3, ceilingDays: 10 } });
  const hubs = new ScriptedHubs(clip);
  const recorder = await startRecorder(town.rt, hubs, { shard: 0, shards: 1, segmentMs: 2000, pollMs: 3_600_000 });
  // Ten seconds of each of four days: five segments each.
  for (let day = 0; day < 4; day++) hubs.play(startMs + day * dayMs, day * 60_000_000);
  await recorder.close();
});

const at = (days: number): void => town.clock.set(startMs + days * dayMs);
const count = async (): Promise<number> =>
  Number((await town.owner.query('select count(*) as n from video_segments')).rows[0]?.n);
const used = () => town.rt.system('test', usedBytes);
const chain = () => verifyChain(town.rt, cameraId, true);
const alarms = async (): Promise<number> =>
  Number(
    (await town.owner.query("select count(*) as n from incidents_incidents where client_key like 'video:floor:%'"))
      .rows[0]?.n,
  );
const lock = (more: Partial<Parameters<typeof lockStretch>[1]> = {}, as = 'dispatcher') =>
  town.rt.tx(town.as(as), (tx) =>
    lockStretch(tx, {
      key: newId(),
      cameraId,
      fromMs: startMs,
      toMs: startMs + 3000,
      reason: '案件',
      untilMs: startMs + 30 * dayMs,
      ...more,
    }),
  );

describe('recordings', () => {
  it('go at their ceiling, and leave a chain that is whole', async () => {
    expect(await chain()).toEqual([]);
    at(10.5);
    expect(await evict(town.rt, 1e12)).toEqual({ ceiling: 5, quota: 0, full: false });
    expect(await count()).toBe(15);
    expect(existsSync(segmentPath(town.dataDir, cameraId, startMs))).toBe(false);
    at(11.5);
    await evict(town.rt, 1e12);
    expect(await chain()).toEqual([]);
    expect((await town.owner.query('select * from video_evictions')).rows.length).toBe(1);
    await recordJobs['video.recording-days']?.(town.rt, {});
    const days = await town.owner.query(
      "select count(*)::int as n from pg_inherits where inhparent = 'video_segments'::regclass",
    );
    // Of two days with recordings, and four that are made ahead.
    expect(days.rows).toEqual([{ n: 6 }]);
  });

  it('go for want of room only beyond their floor, the oldest first; below it there is an alarm instead', async () => {
    at(4.5);
    const before = await used();
    const result = await evict(town.rt, before - 1);
    expect(result).toEqual({ ceiling: 0, quota: 1, full: false });
    expect(existsSync(segmentPath(town.dataDir, cameraId, startMs))).toBe(false);
    expect(await alarms()).toBe(0);
    expect(await evict(town.rt, 1)).toMatchObject({ quota: 9, full: true });
    expect(await count()).toBe(10);
    expect(await alarms()).toBe(1);
    await evict(town.rt, 1);
    expect([await count(), await alarms()]).toEqual([10, 1]);
    expect(await chain()).toEqual([]);
  });

  it('stay while they are locked, until released or over', async () => {
    const key = newId();
    at(4);
    const [one, two] = [await lock({ key }), await lock({ key })];
    expect(two).toEqual(one);
    await expect(lock({ key, toMs: startMs + 4000 })).rejects.toMatchObject({ code: 'key-reused' });
    await expect(lock({}, 'member')).rejects.toMatchObject({ code: 'forbidden' });
    await expect(lock({ untilMs: startMs })).rejects.toMatchObject({ field: 'untilMs' });
    const span = await town.rt.tx(town.as('dispatcher'), (tx) =>
      timelineOf(tx, cameraId, { fromMs: startMs - 1000, toMs: startMs + dayMs }),
    );
    expect(span.spans).toEqual([
      { fromMs: startMs, toMs: startMs + 4000, locked: true },
      { fromMs: startMs + 4000, toMs: startMs + 10_000, locked: false },
    ]);
    expect([span.oldestMs, span.newestMs]).toEqual([startMs, startMs + 3 * dayMs + 10_000]);
    at(20);
    await evict(town.rt, 1e12);
    expect(await count()).toBe(2);
    expect(await chain()).toEqual([]);
    await town.rt.tx(town.as('dispatcher'), (tx) => releaseStretch(tx, one.id, '结案'));
    const { items } = await town.rt.tx(town.as('dispatcher'), (tx) => locksPage(tx, { limit: 10, cameraId }));
    expect(items.map((each) => each.releasedAtMs)).toEqual([startMs + 20 * dayMs]);
    await evict(town.rt, 1e12);
    expect([await count(), await used()]).toEqual([0, 0]);
  });

  it('that were altered or taken away show', async () => {
    appendFileSync(segmentPath(town.dataDir, cameraId, startMs + 2000), 'x');
    rmSync(segmentPath(town.dataDir, cameraId, startMs + 4000));
    await town.owner.query('delete from video_segments where seq = 7');
    await town.owner.query("update video_segments set end_at = end_at + interval '1 s' where seq = 9");
    expect((await chain()).map((one) => [one.kind, one.seq])).toEqual([
      ['altered-file', 2],
      ['missing-file', 3],
      ['missing-row', 7],
      ['wrong-row', 9],
    ]);
  });

  it('are told by camera, with what a day takes', async () => {
    at(3.5);
    const storage = await town.rt.system('test', storageNow);
    expect(storage.usedBytes).toBe(await used());
    expect(storage.quotaBytes).toBe(2 * 1024 ** 3);
    expect(storage.cameras).toEqual([
      {
        cameraId,
        cameraName: '河边',
        bytes: storage.usedBytes,
        oldestMs: startMs,
        floorDays: 3,
        bytesPerDay: null,
      },
    ]);
  });
});
