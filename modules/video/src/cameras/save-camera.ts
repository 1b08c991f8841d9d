/** Entering, changing and retiring cameras. */
import { areaIndex } from '@wangge/areas';
import { AppError, newId } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import { isUniqueViolation, sql, type Tx } from '@wangge/kernel';
import { accountNames } from '@wangge/staff';
import type { Camera, CameraInput } from '../contract.ts';
import { endViewsAt } from '../watch/views.ts';
import { announceCamera } from './announce.ts';
import { cameraByKey, type CameraRow, findCamera, lockCamera } from './camera-row.ts';
import { areaOfCamera } from './area-of-camera.ts';
import { leadsElsewhere, sealedPassword, withoutPassword } from './password.ts';
import { showCamera } from './show-camera.ts';

/**
 * Enters a camera; the area follows from its place.
 *
 * @param key of the client: the same request twice makes one camera
 * @throws AppError `forbidden`, `guard-failed` (`outside-town`, `owner`), `already-exists` (number or channel),
 *   `key-reused` (by somebody else, for a camera that the caller does not see)
 */
export async function createCamera(tx: Tx, key: string, input: CameraInput): Promise<Camera> {
  const area = areaOfCamera(areaIndex(tx.rt), input.place);
  tx.rt.authorise(tx.actor, 'video.edit', { areaPath: area.path });
  await asPlatform(tx, async () => {
    await checkOwner(tx, input.ownerAccountId);
    const id = newId();
    const made = await unique(
      tx.run(sql`insert into video_cameras (id, key, version, name, code, class, lon, lat, area_id, area_path, address,
          cone, tags, group_name, has_ptz, has_speaker, duties, recording, source_kind, source, source_password,
          owner_account_id, created_at, updated_at)
        values (${id}, ${key}, 1, ${input.name}, ${input.code}, ${input.class}, ${input.place.lon}, ${input.place.lat},
          ${area.id}, ${area.path}, ${input.address}, ${jsonOf(input.cone)}::jsonb, ${input.tags}::text[], ${input.group},
          ${input.hasPtz}, ${input.hasSpeaker}, ${jsonOf(input.duties)}::jsonb, ${jsonOf(input.recording)}::jsonb,
          ${input.source.kind}, ${jsonOf(withoutPassword(input.source))}::jsonb, ${sealedPassword(tx, input.source, null)},
          ${input.ownerAccountId}, ${new Date(tx.nowMs)}, ${new Date(tx.nowMs)})
        on conflict (key) do nothing`),
    );
    if (made === 0) return;
    tx.audit({
      action: 'video.create-camera',
      subject: { kind: 'camera', id },
      details: { name: input.name, class: input.class, areaId: area.id },
    });
    announceCamera(tx, { id, areaPath: area.path, ownerAccountId: input.ownerAccountId });
  });
  const row = await cameraByKey(tx, key);
  if (!row) throw new AppError('key-reused');
  return showCamera(tx, row);
}

/**
 * A password that is left out stays, as long as the camera is reached in the same way and at the same place: a password
 * must not be had by somebody who may not see it, by sending it to a machine of his own.
 *
 * @throws AppError `not-found`, `forbidden` (here, or where it would move to), `stale-edit`, `guard-failed`
 *   (`password-needed`), and as `createCamera`
 */
export async function editCamera(tx: Tx, id: string, version: number, input: CameraInput): Promise<Camera> {
  const before = await findCamera(tx, id);
  const area = areaOfCamera(areaIndex(tx.rt), input.place);
  for (const { path } of [{ path: before.areaPath }, area]) tx.rt.authorise(tx.actor, 'video.edit', { areaPath: path });
  await asPlatform(tx, async () => {
    const row = await lockCamera(tx, id);
    checkVersion(row, version);
    if (input.ownerAccountId !== row.ownerAccountId) await checkOwner(tx, input.ownerAccountId);
    const kept = row.source.kind === input.source.kind ? await passwordOf(tx, id) : null;
    if (kept !== null && leadsElsewhere(row.source, input.source)) {
      throw new AppError('guard-failed', { field: 'source.password', details: { guard: 'password-needed' } });
    }
    await unique(
      tx.run(sql`update video_cameras set version = version + 1, name = ${input.name}, code = ${input.code},
          class = ${input.class}, lon = ${input.place.lon}, lat = ${input.place.lat}, area_id = ${area.id},
          area_path = ${area.path}, address = ${input.address}, cone = ${jsonOf(input.cone)}::jsonb,
          tags = ${input.tags}::text[], group_name = ${input.group}, has_ptz = ${input.hasPtz},
          has_speaker = ${input.hasSpeaker}, duties = ${jsonOf(input.duties)}::jsonb,
          recording = ${jsonOf(input.recording)}::jsonb, source_kind = ${input.source.kind},
          source = ${jsonOf(withoutPassword(input.source))}::jsonb,
          source_password = ${sealedPassword(tx, input.source, kept)},
          owner_account_id = ${input.ownerAccountId},
          -- The pause is the household's: it ends with it.
          paused_at = case when owner_account_id is not distinct from ${input.ownerAccountId}::uuid then paused_at end,
          updated_at = ${new Date(tx.nowMs)}
        where id = ${id}`),
    );
    tx.audit({
      action: 'video.edit-camera',
      subject: { kind: 'camera', id },
      details: { name: input.name, changed: changedFields(row, input) },
    });
    if (row.areaPath !== area.path || row.class !== input.class || row.ownerAccountId !== input.ownerAccountId) {
      // Whoever may still look goes on with a new ticket.
      await endViewsAt(tx, id, 'live', null);
      await endViewsAt(tx, id, 'playback', null);
    }
    if (row.areaPath !== area.path || row.ownerAccountId !== input.ownerAccountId) announceCamera(tx, row);
    announceCamera(tx, { id, areaPath: area.path, ownerAccountId: input.ownerAccountId });
  });
  return showCamera(tx, await findCamera(tx, id));
}

/** @throws AppError `not-found`, `forbidden`, `stale-edit`, `already-exists` (its number has gone to another meanwhile) */
export async function retireCamera(tx: Tx, id: string, version: number, retired: boolean): Promise<Camera> {
  tx.rt.authorise(tx.actor, 'video.edit', { areaPath: (await findCamera(tx, id)).areaPath });
  await asPlatform(tx, async () => {
    const row = await lockCamera(tx, id);
    if ((row.retiredAt !== null) === retired) return;
    checkVersion(row, version);
    await unique(
      tx.run(sql`update video_cameras set version = version + 1, retired_at = ${retired ? new Date(tx.nowMs) : null},
          updated_at = ${new Date(tx.nowMs)} where id = ${id}`),
    );
    if (retired) await endViewsAt(tx, id, 'live', null);
    tx.audit({
      action: retired ? 'video.retire-camera' : 'video.restore-camera',
      subject: { kind: 'camera', id },
      details: { name: row.name },
    });
    announceCamera(tx, row);
  });
  return showCamera(tx, await findCamera(tx, id));
}

const jsonOf = (value: object | null): string | null => (value === null ? null : JSON.stringify(value));

function checkVersion(row: CameraRow, version: number): void {
  if (row.version !== version)
    throw new AppError('stale-edit', { field: 'version', details: { current: row.version } });
}
async function checkOwner(tx: Tx, accountId: string | null): Promise<void> {
  if (accountId === null || (await accountNames(tx, [accountId])).has(accountId)) return;
  throw new AppError('guard-failed', { field: 'camera.ownerAccountId', details: { guard: 'owner' } });
}
async function passwordOf(tx: Tx, id: string): Promise<string | null> {
  return (
    await tx.one<{ sealed: string | null }>(sql`select source_password as sealed from video_cameras where id = ${id}`)
  ).sealed;
}
async function unique<T>(done: Promise<T>): Promise<T> {
  try {
    return await done;
  } catch (error) {
    if (isUniqueViolation(error, 'video_cameras_code')) throw new AppError('already-exists', { field: 'camera.code' });
    if (isUniqueViolation(error, 'video_cameras_channel'))
      throw new AppError('already-exists', { field: 'camera.source.channelId' });
    throw error;
  }
}

/** Names of what differs, for the audit: values may be about people, and addresses lead to cameras. */
export function changedFields(row: CameraRow, input: CameraInput): string[] {
  const { lon, lat } = row;
  const was: Record<string, unknown> = { ...row, place: { lon, lat }, source: row.source };
  const is: Record<string, unknown> = { ...input, source: withoutPassword(input.source) };
  const changed = Object.keys(is).filter((name) => canonical(was[name]) !== canonical(is[name]));
  return 'password' in input.source && input.source.password !== undefined ? [...changed, 'password'] : changed;
}
/** The database keeps objects with its own order of keys. */
function canonical(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
