/** Uploads in, signed photos out. */
import multipart, { type Multipart } from '@fastify/multipart';
import { AppError } from '@wangge/contract-kit';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { maxUploadBytes, type PhotoTaken, photoTakenSchema } from '../contract.ts';
import { sql, toQuery } from '../db/sql.ts';
import type { Runtime } from '../runtime.ts';
import { checkPhotoLink, photoVariants } from './links.ts';
import { registerParts } from './part-routes.ts';
import { storePhoto } from './photos.ts';

/** Uploads held in memory at once; a village's slow uplink may hold one for minutes. */
const maxAtOnce = 16;
const photoLink = z.object({ id: z.uuid(), variant: z.enum(photoVariants) });
const linkQuery = z.object({ e: z.string().regex(/^\d{1,12}$/), s: z.string().max(100) });

/** Multipart is there for every route afterwards: pages without JavaScript send photos in their forms. */
export async function registerFiles(app: FastifyInstance, rt: Runtime): Promise<void> {
  await app.register(multipart, {
    limits: { fileSize: maxUploadBytes, files: 5, fields: 40, parts: 50, fieldSize: 64 * 1024, headerPairs: 50 },
  });
  registerUpload(app, rt);
  await registerParts(app, rt);
  registerDownload(app, rt);
}

function registerUpload(app: FastifyInstance, rt: Runtime): void {
  let atOnce = 0;
  const rate = rt.config.rateLimits ? { rateLimit: { max: 120, timeWindow: 60_000 } } : {};
  app.post('/api/files', { config: { access: 'session', ...rate } }, async (request) => {
    // What says beforehand that it is too large is not read at all.
    if (Number(request.headers['content-length'] ?? 0) > maxUploadBytes + 64 * 1024) {
      throw new AppError('file-too-large', { details: { maxBytes: maxUploadBytes } });
    }
    if (atOnce >= maxAtOnce) throw new AppError('unavailable', { details: { retryAfterS: 5 } });
    atOnce++;
    try {
      const file = await request.file({ limits: { files: 1 } });
      if (!file) throw new AppError('bad-request', { field: 'file' });
      const taken = takenIn(file.fields['taken']);
      const bytes = await file.toBuffer();
      return await storePhoto(rt, request.actor, bytes, taken);
    } finally {
      atOnce--;
    }
  });
}

/** Said before the file, so that what is wrong with it is known before a photo is read. */
function takenIn(field: Multipart | Multipart[] | undefined): PhotoTaken | null {
  if (field === undefined) return null;
  let said: unknown = null;
  try {
    if (!Array.isArray(field) && field.type === 'field') said = JSON.parse(String(field.value));
  } catch {
    // Refused below, as everything else that is no such thing.
  }
  const taken = photoTakenSchema.safeParse(said);
  const at = taken.error?.issues[0]?.path.map(String) ?? [];
  if (!taken.success) throw new AppError('invalid-field', { field: ['taken', ...at].join('.') });
  return taken.data;
}

function registerDownload(app: FastifyInstance, rt: Runtime): void {
  app.get('/files/:id/:variant', { config: { access: 'public' } }, async (request, reply) => {
    const path = photoLink.safeParse(request.params);
    if (!path.success) throw new AppError('not-found');
    const query = linkQuery.safeParse(request.query);
    if (!query.success) throw new AppError('wrong-token');
    const { id, variant } = path.data;
    const leftS = checkPhotoLink(rt, { fileId: id, variant, ...query.data });
    const found = await rt.pool.query<{ key: string; thumb: string; mime: string }>(
      toQuery(sql`select key, thumb_key as thumb, mime from kernel_files where id = ${id}`),
    );
    const row = found.rows[0];
    const bytes = row && (await rt.files.open(variant === 'full' ? row.key : row.thumb));
    if (!row || !bytes) throw new AppError('not-found');
    return (
      reply
        .header('content-type', row.mime)
        .header('content-length', bytes.sizeBytes)
        .header('content-disposition', `inline; filename="${id}-${variant}.jpg"`)
        .header('x-content-type-options', 'nosniff')
        // Even if a browser took it for a page, nothing in it could run or load.
        .header('content-security-policy', "default-src 'none'; sandbox")
        .header('cache-control', `private, max-age=${leftS}, immutable`)
        .send(bytes.stream)
    );
  });
}
