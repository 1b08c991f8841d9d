/** Cameras past the register's own functions, for benchmarks of what comes behind it. */
import { areaIndex } from '@wangge/areas';
import { newId } from '@wangge/contract-kit';
import { type Runtime, sql } from '@wangge/kernel';

/** @returns their identifiers; all are recorded always */
export async function layCameras(rt: Runtime, count: number): Promise<string[]> {
  const area = areaIndex(rt)
    .all()
    .find((one) => one.level === 'grid');
  if (!area) throw new Error('the demo town has no grid');
  const plan = JSON.stringify({ mode: 'always', variant: 'main', spans: [], floorDays: 30, ceilingDays: 90 });
  const ids = Array.from({ length: count }, () => newId());
  await rt.system('bench', async (tx) => {
    for (const [i, id] of ids.entries()) {
      await tx.run(sql`insert into video_cameras (id, key, version, name, class, lon, lat, area_id, area_path, has_ptz,
          has_speaker, duties, recording, source_kind, source, created_at, updated_at)
        values (${id}, ${newId()}, 1, ${`镜头 ${i + 1}`}, 'public', 119.5, 31.4, ${area.id}, ${area.path}, false, false,
          '{}', ${plan}::jsonb, 'rtsp', '{}', ${new Date(tx.nowMs)}, ${new Date(tx.nowMs)})`);
    }
  });
  return ids;
}
