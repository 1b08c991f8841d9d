/** A camera as the caller is shown it. */
import { areaIndex } from '@wangge/areas';
import type { Tx } from '@wangge/kernel';
import { accountNames } from '@wangge/staff';
import type { Camera, CameraSource } from '../contract.ts';
import type { CameraRow, StoredSource } from './camera-row.ts';
import { rightsAt } from './may.ts';

/** In the order of the rows. */
export async function showCameras(tx: Tx, rows: readonly CameraRow[]): Promise<Camera[]> {
  const owners = [...new Set(rows.flatMap((row) => row.ownerAccountId ?? []))];
  const names = owners.length === 0 ? new Map<string, string>() : await accountNames(tx, owners);
  return rows.map((row) => showWith(tx, row, names));
}
export async function showCamera(tx: Tx, row: CameraRow): Promise<Camera> {
  const [camera] = await showCameras(tx, [row]);
  if (!camera) throw new Error('one row shows one camera');
  return camera;
}

function showWith(tx: Tx, row: CameraRow, names: ReadonlyMap<string, string>): Camera {
  return {
    id: row.id,
    version: row.version,
    name: row.name,
    code: row.code,
    class: row.class,
    place: { lon: row.lon, lat: row.lat },
    address: row.address,
    cone: row.cone,
    tags: row.tags,
    group: row.group,
    hasPtz: row.hasPtz,
    hasSpeaker: row.hasSpeaker,
    duties: row.duties,
    recording: row.recording,
    ownerAccountId: row.ownerAccountId,
    ownerName: row.ownerAccountId === null ? null : (names.get(row.ownerAccountId) ?? null),
    areaId: row.areaId,
    areaName: areaIndex(tx.rt).get(row.areaId)?.name ?? '',
    source: showSource(row.source, row.hasPassword),
    pausedAtMs: row.pausedAt?.getTime() ?? null,
    link: row.link ?? 'unknown',
    linkSinceMs: row.since?.getTime() ?? null,
    linkReason: row.reason,
    lastFrameAtMs: row.lastFrameAt?.getTime() ?? null,
    codec: row.codec,
    width: row.width,
    height: row.height,
    stillAtMs: row.stillAt?.getTime() ?? null,
    retiredAtMs: row.retiredAt?.getTime() ?? null,
    may: rightsAt(tx.rt, tx.actor, row),
  };
}

export function showSource(source: StoredSource, hasPassword: boolean): CameraSource {
  const nothing = {
    mainUrl: null,
    subUrl: null,
    user: null,
    mainProfile: null,
    subProfile: null,
    deviceId: null,
    channelId: null,
    transport: null,
  };
  switch (source.kind) {
    case 'rtsp': {
      const { kind, mainUrl, subUrl, user } = source;
      return { ...nothing, kind, address: mainUrl, mainUrl, subUrl, user, hasPassword };
    }
    case 'onvif': {
      const { kind, host, port, user, mainProfile, subProfile } = source;
      return { ...nothing, kind, address: `${host}:${port}`, user, mainProfile, subProfile, hasPassword };
    }
    case 'gb28181': {
      const { kind, deviceId, channelId, transport } = source;
      return { ...nothing, kind, address: `${deviceId}/${channelId}`, deviceId, channelId, transport, hasPassword };
    }
  }
}
