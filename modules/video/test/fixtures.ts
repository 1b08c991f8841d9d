/** Cameras for tests. */
import { newId } from '@wangge/contract-kit';
import type { IncidentTown } from '@wangge/incidents/testkit';
import type { Actor } from '@wangge/kernel';
import { createCamera } from '../src/cameras/save-camera.ts';
import type { Camera, CameraInput } from '../src/contract.ts';
import { announceNode } from '../src/media/nodes.ts';

export const secret = 'Geheim-9x!';
export const cameraInput: CameraInput = {
  name: '村口',
  code: null,
  class: 'public',
  place: { lon: 119.5, lat: 31.4 },
  address: '村口桥头',
  cone: { bearingDeg: 90, angleDeg: 60, distanceM: 200 },
  tags: ['水边'],
  group: '河道',
  hasPtz: false,
  hasSpeaker: false,
  duties: {
    responsibleBody: '镇政府',
    legalBasis: '公共安全视频图像信息系统管理条例',
    filedOn: null,
    filingNumber: null,
    installedOn: '2026-10-01',
    signSeenOn: null,
  },
  recording: { mode: 'off', variant: 'main', spans: [], floorDays: 30, ceilingDays: 90 },
  ownerAccountId: null,
  source: {
    kind: 'rtsp',
    mainUrl: 'rtsp://10.0.0.8:554/ch1',
    subUrl: 'rtsp://10.0.0.8:554/ch2',
    user: 'admin',
    password: secret,
  },
};

/** A place within a grid of the town. */
export function placeIn(town: IncidentTown, grid: 0 | 1 | 2): { lon: number; lat: number } {
  const { center } = town.grids[grid];
  if (!center) throw new Error('a grid of the demo town has no middle');
  return { lon: center.lon, lat: center.lat };
}
export function makeCamera(
  town: IncidentTown,
  more: Partial<CameraInput> & { key?: string; as?: Actor; grid?: 0 | 1 | 2 } = {},
): Promise<Camera> {
  const { key = newId(), as = town.as('dispatcher'), grid = 0, ...rest } = more;
  return town.rt.tx(as, (tx) => createCamera(tx, key, { ...cameraInput, place: placeIn(town, grid), ...rest }));
}
/** A process that carries video, as far as the table knows. */
export const announceMedia = (town: IncidentTown, webrtc = true): Promise<void> =>
  announceNode(town.rt, 'media', {
    shard: 0,
    shards: 1,
    publicUrl: 'ws://media.example:9000',
    innerUrl: 'http://127.0.0.1:1',
    facts: { webrtc },
  });
export async function auditOf(
  town: IncidentTown,
  action: string,
  cameraId: string,
): Promise<{ subject_id: string; actor_name: string; details: Record<string, unknown> }[]> {
  const { rows } = await town.owner.query<{ subject_id: string; actor_name: string; details: Record<string, unknown> }>(
    'select subject_id, actor_name, details from kernel_audit where action = $1 and subject_id = $2 order by seq',
    [action, cameraId],
  );
  return rows;
}
