/** Photos in parts: whoever was cut off asks how far it came, and goes on from there. */
import { createHash, randomBytes } from 'node:crypto';
import { buffer } from 'node:stream/consumers';
import { AppError } from '@wangge/contract-kit';
import type { Actor } from '../access/actor.ts';
import type { PhotoTaken, UploadedFile } from '../contract.ts';
import { sql } from '../db/sql.ts';
import type { Runtime } from '../runtime.ts';
import { storedPhoto, storePhoto } from './photos.ts';

export interface Upload {
  readonly id: string;
  readonly sizeBytes: number;
  readonly sha256: string;
  readonly received: number;
  readonly parts: readonly string[];
  readonly fileId: string | null;
  readonly taken: PhotoTaken | null;
}
const columns = sql`id, size_bytes as "sizeBytes", sha256, received, parts, file_id as "fileId", taken`;

/** Begun and not finished, for one account; beyond them the oldest is given up. */
const mostUnfinished = 40;

/** @throws AppError `key-reused` when the identifier stands for something else */
export async function beginUpload(
  rt: Runtime,
  actor: Actor,
  told: {
    readonly id: string;
    readonly sizeBytes: number;
    readonly sha256: string;
    readonly taken?: PhotoTaken | undefined;
  },
): Promise<{ offset: number; file: UploadedFile | null }> {
  const { upload, dropped } = await rt.tx(actor, async (tx) => {
    const made = await tx.run(sql`insert into kernel_uploads (id, account_id, size_bytes, sha256, taken, created_at)
      values (${told.id}, ${actor.id}, ${told.sizeBytes}, ${told.sha256},
        ${told.taken ? JSON.stringify(told.taken) : null}::jsonb, ${new Date(rt.clock.nowMs())})
      on conflict (id) do nothing`);
    const found = await tx.maybe<Upload>(
      sql`select ${columns} from kernel_uploads where id = ${told.id} and account_id = ${actor.id}`,
    );
    if (found?.sizeBytes !== told.sizeBytes || found.sha256 !== told.sha256) {
      throw new AppError('key-reused', { field: 'id' });
    }
    if (made === 0) return { upload: found, dropped: [] };
    const over = await tx.rows<{ parts: string[] }>(sql`
      delete from kernel_uploads where id in (
        select id from kernel_uploads where account_id = ${actor.id} and file_id is null
        order by created_at desc, id desc offset ${mostUnfinished})
      returning parts`);
    return { upload: found, dropped: over.flatMap(({ parts }) => parts) };
  });
  await removeAll(rt, dropped);
  return { offset: upload.received, file: upload.fileId === null ? null : await storedPhoto(rt, upload.fileId) };
}

/** @throws AppError `not-found` (also another account's), as it is after it expired */
export function findUpload(rt: Runtime, actor: Actor, id: string): Promise<Upload> {
  return rt.tx(actor, (tx) =>
    tx.one<Upload>(sql`select ${columns} from kernel_uploads where id = ${id} and account_id = ${actor.id}`),
  );
}

/**
 * Adds the bytes that begin at `offset`. Two equal parts at once: one counts.
 *
 * @returns where the next part begins
 */
export async function addPart(rt: Runtime, actor: Actor, id: string, offset: number, bytes: Buffer): Promise<number> {
  const key = `uploads/${id.slice(-2)}/${id}-${randomBytes(6).toString('hex')}.part`;
  // Bytes first: what the row counts is on the disk.
  await rt.files.put(key, bytes);
  const added = await rt.tx(actor, (tx) =>
    tx.maybe<{ received: number }>(sql`
      update kernel_uploads set received = received + ${bytes.length}, parts = parts || ${key}::text
      where id = ${id} and account_id = ${actor.id} and file_id is null and received = ${offset}
        and received + ${bytes.length} <= size_bytes
      returning received`),
  );
  if (added) return added.received;
  await rt.files.remove(key);
  return (await findUpload(rt, actor, id)).received;
}

/** @throws AppError `not-found`, `conflict` (details: `offset`), and as {@link storePhoto} */
export async function finishUpload(rt: Runtime, actor: Actor, id: string): Promise<UploadedFile> {
  const upload = await findUpload(rt, actor, id);
  if (upload.fileId !== null) return storedPhoto(rt, upload.fileId);
  if (upload.received < upload.sizeBytes) throw new AppError('conflict', { details: { offset: upload.received } });
  const bytes = await joined(rt, upload.parts);
  if (!bytes || createHash('sha256').update(bytes).digest('hex') !== upload.sha256) {
    await beginAnew(rt, actor, upload);
    throw new AppError('conflict', { details: { offset: 0 } });
  }
  const file = await storePhoto(rt, actor, bytes, upload.taken);
  const first = await rt.tx(actor, (tx) =>
    tx.run(sql`update kernel_uploads set file_id = ${file.fileId}, parts = '{}' where id = ${id} and file_id is null`),
  );
  if (first === 1) {
    await removeAll(rt, upload.parts);
    return file;
  }
  // Asked twice at once: both get the one that was first; the other photo is swept away unclaimed.
  const { fileId } = await findUpload(rt, actor, id);
  return fileId === null ? file : storedPhoto(rt, fileId);
}

/** Null when a part is gone: it expired, or the files of a backup are not there. */
async function joined(rt: Runtime, keys: readonly string[]): Promise<Buffer | null> {
  const parts: Buffer[] = [];
  for (const key of keys) {
    const stored = await rt.files.open(key);
    if (!stored) return null;
    parts.push(await buffer(stored.stream));
  }
  return Buffer.concat(parts);
}

async function beginAnew(rt: Runtime, actor: Actor, upload: Upload): Promise<void> {
  const reset = await rt.tx(actor, (tx) =>
    tx.run(sql`update kernel_uploads set received = 0, parts = '{}'
      where id = ${upload.id} and file_id is null and parts = ${[...upload.parts]}::text[]`),
  );
  if (reset === 1) await removeAll(rt, upload.parts);
}

async function removeAll(rt: Runtime, keys: readonly string[]): Promise<void> {
  for (const key of keys) await rt.files.remove(key);
}

/** A day for what was never finished; a month for what was, since a phone may ask again for its answer. */
const unfinishedMs = 24 * 3600_000;
const finishedMs = 30 * unfinishedMs;

/** Gives up uploads that nobody finished, and forgets old ones. Safe to run twice. */
export async function sweepUploads(rt: Runtime): Promise<number> {
  const nowMs = rt.clock.nowMs();
  const gone = await rt.system('kernel', (tx) =>
    tx.rows<{ parts: string[]; finished: boolean }>(sql`
      delete from kernel_uploads where created_at < ${new Date(nowMs - unfinishedMs)}
        and (file_id is null or created_at < ${new Date(nowMs - finishedMs)})
      returning parts, file_id is not null as finished`),
  );
  for (const { parts } of gone) await removeAll(rt, parts);
  return gone.filter(({ finished }) => !finished).length;
}
