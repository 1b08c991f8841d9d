/** Rows of the register as the database holds them; passwords stay in it. */
import { sql, type Tx } from '@wangge/kernel';
import type { CameraClass, CameraDuties, LinkState, RecordingPlan, SourceInput, ViewCone } from '../contract.ts';

type Without<T, K extends PropertyKey> = T extends unknown ? Omit<T, K> : never;
/** A source as it is stored: its password lies sealed in a column of its own. */
export type StoredSource = Without<SourceInput, 'password'>;

export interface CameraRow {
  readonly id: string;
  readonly key: string;
  readonly version: number;
  readonly name: string;
  readonly code: string | null;
  readonly class: CameraClass;
  readonly lon: number;
  readonly lat: number;
  readonly areaId: string;
  readonly areaPath: string;
  readonly address: string | null;
  readonly cone: ViewCone | null;
  readonly tags: string[];
  readonly group: string | null;
  readonly hasPtz: boolean;
  readonly hasSpeaker: boolean;
  readonly duties: CameraDuties;
  readonly recording: RecordingPlan;
  readonly source: StoredSource;
  readonly hasPassword: boolean;
  readonly ownerAccountId: string | null;
  readonly pausedAt: Date | null;
  readonly retiredAt: Date | null;
  readonly link: LinkState | null;
  readonly since: Date | null;
  readonly reason: string | null;
  readonly lastFrameAt: Date | null;
  readonly codec: string | null;
  readonly width: number | null;
  readonly height: number | null;
  readonly stillAt: Date | null;
}

const selected = sql`select c.id, c.key, c.version, c.name, c.code, c.class, c.lon, c.lat, c.area_id as "areaId",
    c.area_path as "areaPath", c.address, c.cone, c.tags, c.group_name as "group", c.has_ptz as "hasPtz",
    c.has_speaker as "hasSpeaker", c.duties, c.recording, c.source, c.source_password is not null as "hasPassword",
    c.owner_account_id as "ownerAccountId", c.paused_at as "pausedAt", c.retired_at as "retiredAt", s.link, s.since,
    s.reason, s.last_frame_at as "lastFrameAt", s.codec, s.width, s.height, s.still_at as "stillAt"
  from video_cameras c left join video_states s on s.camera_id = c.id`;

/** The camera if the caller may see it; else `not-found`. */
export function findCamera(tx: Tx, id: string): Promise<CameraRow> {
  return tx.one(sql`${selected} where c.id = ${id}`);
}
export function cameraByKey(tx: Tx, key: string): Promise<CameraRow | undefined> {
  return tx.maybe(sql`${selected} where c.key = ${key}`);
}
/** Those that the caller may see, in any order. */
export function findCameras(tx: Tx, ids: readonly string[]): Promise<CameraRow[]> {
  return tx.rows(sql`${selected} where c.id = any(${[...ids]}::uuid[])`);
}
/** As the platform: nobody changes it meanwhile. */
export async function lockCamera(tx: Tx, id: string): Promise<CameraRow> {
  await tx.one(sql`select id from video_cameras where id = ${id} for update`);
  return findCamera(tx, id);
}
