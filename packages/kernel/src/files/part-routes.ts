/** Parts of an upload, as bare bytes. */
import type { Readable } from 'node:stream';
import { AppError } from '@wangge/contract-kit';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { maxPartBytes } from '../contract.ts';
import type { Runtime } from '../runtime.ts';
import { addPart, findUpload } from './uploads.ts';

/** Parts held in memory at once. */
const maxAtOnce = 32;
const partParams = z.object({ id: z.uuid() });
const partQuery = z.object({ offset: z.coerce.number().int().min(0) });

export async function registerParts(app: FastifyInstance, rt: Runtime): Promise<void> {
  let atOnce = 0;
  const rate = rt.config.rateLimits ? { rateLimit: { max: 1200, timeWindow: 60_000 } } : {};
  // A scope of its own: elsewhere a body of bare bytes stays refused, here everything else.
  await app.register((scope, _options, registered) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('application/octet-stream', (_request, payload, parsed) => {
      if (atOnce >= maxAtOnce) return parsed(new AppError('unavailable', { details: { retryAfterS: 2 } }));
      atOnce++;
      // From the first moment on: what lies unread when the link breaks is lost.
      const arriving = arrivals(payload).finally(() => {
        atOnce--;
      });
      parsed(null, arriving);
    });
    scope.put('/api/uploads/:id/parts', { config: { access: 'session', ...rate } }, async (request) => {
      const { id } = partParams.parse(request.params);
      const { offset } = partQuery.parse(request.query);
      const upload = await findUpload(rt, request.actor, id);
      if (offset > upload.received) throw new AppError('conflict', { details: { offset: upload.received } });
      // Sent again because its answer was lost, or finished by now: the bytes are not needed.
      if (offset < upload.received || upload.fileId !== null) return { offset: upload.received };
      const bytes = await (request.body as Promise<Buffer | null>);
      const most = Math.min(maxPartBytes, upload.sizeBytes - offset);
      if (bytes === null || bytes.length > most) throw new AppError('file-too-large', { details: { maxBytes: most } });
      return { offset: bytes.length === 0 ? offset : await addPart(rt, request.actor, id, offset, bytes) };
    });
    registered();
  });
}

/**
 * What arrives, up to its end or to where the link breaks: on a bad link nothing that came is thrown
 * away. The whole photo's hash tells in the end whether all of it is right. Null for more than a part.
 */
function arrivals(stream: Readable): Promise<Buffer | null> {
  return new Promise((done) => {
    let chunks: Buffer[] = [];
    let length = 0;
    stream.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= maxPartBytes) chunks.push(chunk);
      else chunks = [];
    });
    const end = (): void => done(length > maxPartBytes ? null : Buffer.concat(chunks));
    stream.once('end', end);
    stream.once('error', end);
    stream.once('close', end);
  });
}
