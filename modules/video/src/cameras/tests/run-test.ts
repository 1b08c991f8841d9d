/** The job that tries what a test names, some at a time. */
import { AppError } from '@wangge/contract-kit';
import { type Runtime, sql } from '@wangge/kernel';
import { mediaNode } from '../../media/nodes.ts';
import { sourceTargetOf } from '../source-target.ts';
import { targetPurpose } from './ask-test.ts';
import { askProbe, type Probe, type Probed, type ProbeTarget } from './probe.ts';

const atOnce = 8;
const keptMs = 86_400_000;

interface Item {
  readonly n: number;
  readonly of: string;
  readonly cameraId: string | null;
  readonly sealed: string | null;
}
const nothing = { codec: null, width: null, height: null, tookMs: 0 };
const unknown = (reason: string): Probed => ({ link: 'unknown', reason, ...nothing });

/** Killed in the middle, it goes on with what has no result. */
export async function runTest(rt: Runtime, testId: string, probe: Probe = askProbe): Promise<void> {
  const items = await rt.system('video', (tx) =>
    tx.rows<Item>(sql`select n, of, camera_id as "cameraId", sealed from video_test_items
      where test_id = ${testId} and result is null order by n`),
  );
  const queue = items[Symbol.iterator]();
  const work = async (): Promise<void> => {
    for (const item of queue) {
      const result = await tryItem(rt, testId, item, probe);
      await rt.system('video', (tx) =>
        tx.run(sql`update video_test_items set result = ${JSON.stringify(result)}::jsonb, sealed = null
          where test_id = ${testId} and n = ${item.n} and result is null`),
      );
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
}

async function tryItem(rt: Runtime, testId: string, item: Item, probe: Probe): Promise<Probed> {
  const { target, node } = await rt.system('video', async (tx) => ({
    target: item.cameraId === null ? null : await sourceTargetOf(tx, item.cameraId, 'main').catch(gone),
    // Any worker can try an address that is no camera yet.
    node: await mediaNode(tx, item.cameraId ?? testId),
  }));
  if (item.cameraId !== null && target === null) return unknown('retired');
  const address = target ? rtspOf(target) : openSealed(rt, item.sealed);
  // The state of the others is what their own protocol says of them.
  if (address === null) return unknown('not-rtsp');
  if (node === null) return unknown('no-worker');
  try {
    return await probe(rt, node.innerUrl, address);
  } catch (error) {
    rt.log.warn({ err: error, of: item.cameraId }, 'an address could not be tried');
    return unknown('no-worker');
  }
}
function gone(error: unknown): null {
  if (error instanceof AppError && error.code === 'not-found') return null;
  throw error;
}
function rtspOf({ source, password }: Awaited<ReturnType<typeof sourceTargetOf>>): ProbeTarget | null {
  const { kind, mainUrl, user } = source;
  if (kind !== 'rtsp' || typeof mainUrl !== 'string') return null;
  return { url: mainUrl, user: typeof user === 'string' ? user : null, password };
}
function openSealed(rt: Runtime, sealed: string | null): ProbeTarget | null {
  return sealed === null ? null : (JSON.parse(rt.keys.decrypt(targetPurpose, sealed)) as ProbeTarget);
}

/** Results of yesterday say nothing of today. */
export async function forgetTests(rt: Runtime): Promise<void> {
  await rt.system('video', (tx) =>
    tx.run(sql`delete from video_tests where asked_at < ${new Date(tx.nowMs - keptMs)}`),
  );
}
