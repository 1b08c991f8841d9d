/** Trying many cameras or addresses: asked for here, done by a job. */
import { AppError, newId } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import { sql, type Tx } from '@wangge/kernel';
import type { testResultSchema } from '../../contract.ts';
import type { z } from 'zod';
import { findCameras } from '../camera-row.ts';
import type { ProbeTarget } from './probe.ts';

export const runTask = 'video.run-test';
export const targetPurpose = 'video.test-target';
const mostTargets = 500;

/**
 * @throws AppError `forbidden`, `not-found` (a camera that the caller does not see), `invalid-field` (nothing, too many,
 *   or an address that is none of RTSP or carries a password)
 */
export async function askTest(
  tx: Tx,
  asked: { readonly cameraIds: readonly string[]; readonly addresses: readonly ProbeTarget[] },
): Promise<{ id: string }> {
  const cameraIds = [...new Set(asked.cameraIds)];
  const total = cameraIds.length + asked.addresses.length;
  if (total === 0 || total > mostTargets) throw new AppError('invalid-field', { field: 'cameraIds' });
  for (const [i, { url }] of asked.addresses.entries())
    if (!/^rtsp:\/\/[^/@]+(?:\/|$)/.test(url)) throw new AppError('invalid-field', { field: `addresses.${i}.url` });
  const cameras = await findCameras(tx, cameraIds);
  if (cameras.length < cameraIds.length) throw new AppError('not-found', { field: 'cameraIds' });
  for (const { areaPath } of cameras) tx.rt.authorise(tx.actor, 'video.edit', { areaPath });
  const items = [
    ...cameraIds.map((id) => ({ of: id, cameraId: id, sealed: null })),
    ...asked.addresses.map((target) => ({
      of: target.url,
      cameraId: null,
      sealed: tx.rt.keys.encrypt(targetPurpose, JSON.stringify(target)),
    })),
  ].map((item, n) => ({ ...item, n }));
  const id = newId();
  await asPlatform(tx, async () => {
    await tx.run(
      sql`insert into video_tests (id, by_id, asked_at) values (${id}, ${tx.actor.id}, ${new Date(tx.nowMs)})`,
    );
    await tx.run(sql`insert into video_test_items (test_id, n, of, camera_id, sealed)
      select ${id}::uuid, i.n, i.of, i."cameraId", i.sealed
      from jsonb_to_recordset(${JSON.stringify(items)}::jsonb) as i(n int, of text, "cameraId" uuid, sealed text)`);
  });
  tx.addJob(runTask, { testId: id });
  tx.audit({
    action: 'video.test',
    details: { cameras: cameraIds.length, addresses: asked.addresses.map(({ url }) => url).slice(0, 50) },
  });
  return { id };
}

export type TestResult = z.infer<typeof testResultSchema>;
/** For whoever asked. @throws AppError `not-found` */
export async function readTest(tx: Tx, id: string): Promise<{ total: number; done: number; results: TestResult[] }> {
  await tx.one(sql`select id from video_tests where id = ${id}`);
  const rows = await tx.rows<{ of: string; result: Omit<TestResult, 'of'> | null }>(
    sql`select of, result from video_test_items where test_id = ${id} order by n`,
  );
  const results = rows.flatMap(({ of, result }) => (result ? [{ of, ...result }] : []));
  return { total: rows.length, done: results.length, results };
}
