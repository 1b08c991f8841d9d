/** Photos: stored first, claimed later by what they belong to, read by its readers. */
import { createHash } from 'node:crypto';
import { AppError, newId } from '@wangge/contract-kit';
import type { Actor } from '../access/actor.ts';
import type { PhotoTaken, UploadedFile } from '../contract.ts';
import { maxUploadBytes } from '../contract.ts';
import { sql } from '../db/sql.ts';
import type { Tx } from '../db/tx.ts';
import type { Runtime } from '../runtime.ts';
import { limiter } from './limiter.ts';
import { photoUrl } from './links.ts';
import { readPhoto } from './read-photo.ts';

/** What the phone said of a photo, and when the server had it. */
export interface PhotoWord extends PhotoTaken {
  readonly receivedMs: number;
}

export interface StoredPhoto {
  readonly fileId: string;
  /** Signed, for 6 to 12 hours; relative to the server's root. */
  readonly url: string;
  readonly thumbUrl: string;
  /** Of the full picture, in pixels. */
  readonly width: number;
  readonly height: number;
  /** Only for who asks for it, and where its phone said something. */
  readonly word?: PhotoWord;
}

/** A decoded photo takes up to 200 MB for a moment: two at a time is what a town's machine bears. */
const oneOfTwo = limiter(2);

/** Spread over 65,536 folders by the random end of the identifier. */
function keyOf(fileId: string, suffix: string): string {
  return `${fileId.slice(-2)}/${fileId.slice(-4, -2)}/${fileId}${suffix}`;
}

/**
 * Checks, turns, shrinks and stores a photo; it belongs to nothing yet, and is gone after a day unless
 * `claimPhotos` gives it an owner.
 *
 * @param actor who sent it; only the same account may claim it
 * @param taken what the phone says of it; the picture's own metadata is not kept
 * @throws AppError `file-too-large`, `not-an-image`, `image-too-large`, `disk-full`
 */
export async function storePhoto(
  rt: Runtime,
  actor: Actor,
  bytes: Buffer,
  taken: PhotoTaken | null = null,
): Promise<UploadedFile> {
  if (bytes.length > maxUploadBytes) throw new AppError('file-too-large', { details: { maxBytes: maxUploadBytes } });
  const photo = await oneOfTwo(() => readPhoto(bytes));
  const fileId = newId(rt.clock.nowMs());
  const key = keyOf(fileId, '.jpg');
  const thumbKey = keyOf(fileId, '-thumb.jpg');
  // Bytes first: a row without its bytes would be a broken photo, bytes without a row are swept away.
  await rt.files.put(key, photo.full);
  await rt.files.put(thumbKey, photo.thumb);
  const sha256 = createHash('sha256').update(photo.full).digest('hex');
  await rt.tx(actor, (tx) =>
    tx.run(sql`
      insert into kernel_files
        (id, key, thumb_key, mime, width, height, size_bytes, sha256, lon, lat, taken, uploaded_by, created_at)
      values (${fileId}, ${key}, ${thumbKey}, 'image/jpeg', ${photo.width}, ${photo.height}, ${photo.full.length},
        ${sha256}, ${photo.place?.lon ?? null}, ${photo.place?.lat ?? null},
        ${taken && JSON.stringify(taken)}::jsonb, ${actor.id},
        ${new Date(rt.clock.nowMs())})`),
  );
  return {
    fileId,
    url: photoUrl(rt, fileId, 'full'),
    thumbUrl: photoUrl(rt, fileId, 'thumb'),
    width: photo.width,
    height: photo.height,
    sizeBytes: photo.full.length,
    place: photo.place,
  };
}

/** What {@link storePhoto} answered for this one; the caller has made sure that its reader sent it. */
export async function storedPhoto(rt: Runtime, fileId: string): Promise<UploadedFile> {
  const row = await rt.system('kernel', (tx) =>
    tx.one<{ width: number; height: number; bytes: string; lon: number | null; lat: number | null }>(
      sql`select width, height, size_bytes as bytes, lon, lat from kernel_files where id = ${fileId}`,
    ),
  );
  const { width, height, bytes, lon, lat } = row;
  return {
    fileId,
    url: photoUrl(rt, fileId, 'full'),
    thumbUrl: photoUrl(rt, fileId, 'thumb'),
    width,
    height,
    sizeBytes: Number(bytes),
    place: lon === null || lat === null ? null : { lon, lat },
  };
}

/**
 * Gives uploads to what they belong to, in its transaction. Claiming again for the same owner changes
 * nothing, so that a repeated request succeeds.
 *
 * @throws AppError `not-found` (unknown, swept away, or another account's upload), `conflict` (belongs
 *   to something else already); both name the field `photoIds` and the file
 */
export async function claimPhotos(
  tx: Tx,
  fileIds: readonly string[],
  owner: { readonly kind: string; readonly id: string },
): Promise<void> {
  const wanted = [...new Set(fileIds)];
  if (wanted.length === 0) return;
  // In order of identifiers, so that two claims of the same photos wait instead of deadlocking.
  const rows = await tx.rows<{ id: string; kind: string | null; owner: string | null; by: string | null }>(sql`
    select id, owner_kind as kind, owner_id as owner, uploaded_by as by from kernel_files
    where id = any(${wanted}::uuid[]) order by id for update`);
  const found = new Map(rows.map((row) => [row.id, row]));
  for (const id of wanted) {
    const row = found.get(id);
    const stranger = row !== undefined && row.by !== null && tx.actor.kind !== 'system' && row.by !== tx.actor.id;
    if (!row || stranger) throw new AppError('not-found', { field: 'photoIds', details: { fileId: id } });
    if (row.owner !== null && (row.kind !== owner.kind || row.owner !== owner.id)) {
      throw new AppError('conflict', { field: 'photoIds', details: { fileId: id } });
    }
  }
  await tx.run(sql`
    update kernel_files set owner_kind = ${owner.kind}, owner_id = ${owner.id}
    where id = any(${wanted}::uuid[]) and owner_id is null`);
}

/** Checksums (SHA-256, hexadecimal) of what was stored: equal for the same picture sent twice. */
export async function photoSums(tx: Tx, fileIds: readonly string[]): Promise<string[]> {
  const rows = await tx.rows<{ sha256: string }>(
    sql`select sha256 from kernel_files where id = any(${[...fileIds]}::uuid[])`,
  );
  return rows.map((row) => row.sha256);
}

/** Which of these photos came from the app's camera, as their phones said. */
export async function cameraPhotos(tx: Tx, fileIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.rows<{ id: string }>(sql`
    select id from kernel_files where id = any(${[...fileIds]}::uuid[]) and taken ->> 'how' = 'camera'`);
  return new Set(rows.map((row) => row.id));
}

interface PhotoRow {
  readonly id: string;
  readonly owner: string;
  readonly width: number;
  readonly height: number;
  readonly taken: PhotoTaken | null;
  readonly received: Date;
}
/**
 * Photos of each owner in the order in which they were taken in; owners without any are not in the map.
 * The caller has made sure that its reader may see the owners.
 *
 * @param more `word`: with what their phones said, time and place among it; for those who may know all of it
 */
export async function photosOf(
  tx: Tx,
  kind: string,
  ids: readonly string[],
  more: { readonly word?: boolean } = {},
): Promise<Map<string, StoredPhoto[]>> {
  const photos = new Map<string, StoredPhoto[]>();
  if (ids.length === 0) return photos;
  const rows = await tx.rows<PhotoRow>(sql`
    select id, owner_id as owner, width, height, taken, created_at as received from kernel_files
    where owner_kind = ${kind} and owner_id = any(${[...ids]}::uuid[]) order by id`);
  for (const row of rows) {
    const list = photos.get(row.owner) ?? [];
    list.push({
      fileId: row.id,
      url: photoUrl(tx.rt, row.id, 'full'),
      thumbUrl: photoUrl(tx.rt, row.id, 'thumb'),
      width: row.width,
      height: row.height,
      ...(more.word === true && row.taken ? { word: { ...row.taken, receivedMs: row.received.getTime() } } : {}),
    });
    photos.set(row.owner, list);
  }
  return photos;
}
