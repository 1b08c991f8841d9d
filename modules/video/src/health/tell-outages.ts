/** Broken lines become incidents, once each. */
import { areaIndex, type AreaNode } from '@wangge/areas';
import { AppError } from '@wangge/contract-kit';
import { reportIncident } from '@wangge/incidents';
import { localTexts, localTimeIn, readSetting, type Runtime, sql, type Tx } from '@wangge/kernel';
import { type Fault, faultsOf, type Outage } from './outages.ts';

/** A town without this category names its own in the setting. */
const defaultCategory = 'patrol.facility';
export const categorySetting = 'video.fault-category';

interface Down extends Outage {
  readonly name: string;
  readonly lon: number;
  readonly lat: number;
}

/** A household's own camera is its own business. */
async function downCameras(tx: Tx): Promise<Down[]> {
  const rows = await tx.rows<{ id: string; name: string; lon: number; lat: number; path: string; since: Date }>(sql`
    select c.id, c.name, c.lon, c.lat, c.area_path as path, s.since
    from video_states s join video_cameras c on c.id = s.camera_id
    where s.link in ('offline', 'faulty') and c.retired_at is null and c.class <> 'household'
      and not exists (select 1 from video_outages o where o.camera_id = s.camera_id and o.since = date_trunc('milliseconds', s.since))
    order by s.since, c.id`);
  return rows.map(({ id, path, since, ...row }) => ({
    ...row,
    cameraId: id,
    sinceMs: since.getTime(),
    village: villageOf(path),
  }));
}
/** County, town, village. */
function villageOf(path: string): string {
  return path.split('/').slice(0, 3).join('/');
}

/** Each in a transaction of its own: a fault that cannot be told of keeps no other back. */
export async function tellOutages(rt: Runtime): Promise<void> {
  const down = await rt.system('video', downCameras);
  for (const fault of faultsOf(down, rt.clock.nowMs())) {
    try {
      await rt.system('video', (tx) => tellFault(tx, fault));
    } catch (error) {
      // Nobody keeps this category: the outage is told of once somebody does.
      if (!(error instanceof AppError)) throw error;
      rt.log.warn({ code: error.code, field: error.field }, 'an outage of cameras could not become an incident');
      return;
    }
  }
}

async function tellFault(tx: Tx, fault: Fault<Down>): Promise<void> {
  const outages = fault.kind === 'camera' ? [fault.outage] : fault.outages;
  // Two processes at once: whoever enters the rows tells.
  const taken = await tx.rows<{ camera_id: string }>(sql`insert into video_outages (camera_id, since, told_at)
    select o."cameraId", to_timestamp(o."sinceMs" / 1000.0), ${new Date(tx.nowMs)}
    from jsonb_to_recordset(${JSON.stringify(outages)}::jsonb) as o("cameraId" uuid, "sinceMs" bigint)
    on conflict do nothing returning camera_id`);
  const [first] = outages;
  if (taken.length < outages.length || !first) return;
  const setting = await readSetting(tx, categorySetting);
  const words = wordsOf(tx, fault, first.sinceMs);
  const { id } = await reportIncident(tx, `video:${first.cameraId}:${first.sinceMs}`, {
    categoryCode: typeof setting === 'string' ? setting : defaultCategory,
    ...words,
  });
  await tx.run(sql`update video_outages set incident_id = ${id}
    from jsonb_to_recordset(${JSON.stringify(outages)}::jsonb) as o("cameraId" uuid, "sinceMs" bigint)
    where camera_id = o."cameraId" and since = to_timestamp(o."sinceMs" / 1000.0)`);
}

/** Without addresses: an incident is read by many. */
function wordsOf(
  tx: Tx,
  fault: Fault<Down>,
  sinceMs: number,
): { description: string; place?: { lon: number; lat: number }; areaId?: string } {
  const at = localTexts()(localTimeIn(tx.rt.config.zone)(sinceMs)).slice(0, 16);
  if (fault.kind === 'camera') {
    const { name, lon, lat } = fault.outage;
    return { description: `摄像机“${name}”自 ${at} 起离线，请检查供电、网络和设备。`, place: { lon, lat } };
  }
  const village = nodeAt(tx, fault.village);
  const named = fault.outages.slice(0, 10).map(({ name }) => name);
  return {
    description: `${village?.name ?? ''}自 ${at} 起有 ${fault.outages.length} 台摄像机几乎同时离线，疑为网络或供电故障：${named.join('、')}等。`,
    ...(village ? { areaId: village.id } : {}),
  };
}
function nodeAt(tx: Tx, path: string): AreaNode | null {
  return areaIndex(tx.rt).byCode(path.split('/').at(-1) ?? '');
}
