/** Photos that arrive in parts, over links that do not last as long as a photo. */
import { defineRoute, idSchema } from '@wangge/contract-kit';
import { z } from 'zod';
import { maxUploadBytes, uploadedFileSchema } from './files.ts';
import { photoTakenSchema } from './photo-taken.ts';

/** Largest part in bytes; a longer one is refused with `file-too-large`. */
export const maxPartBytes = 1024 * 1024;

const uploadStateSchema = z.object({
  /** Bytes the server has: the next part begins here. */
  offset: z.number().int(),
  /** Once finished. */
  file: uploadedFileSchema.nullable(),
});

/**
 * Begins an upload, or asks how far it has come: the same call again changes nothing. The identifier is
 * the client's. Bytes follow as `PUT /api/uploads/:id/parts?offset=` (application/octet-stream), each
 * answered with `{offset}`. A part that is cut off counts as far as it came; one that was there already
 * is answered with where to go on; one beyond a gap is refused with `conflict` (details: `offset`).
 */
export const beginUpload = defineRoute({
  method: 'POST',
  path: '/api/uploads',
  summary: 'Begin or resume the upload of a photo in parts',
  access: 'session',
  body: z.object({
    id: idSchema,
    sizeBytes: z.number().int().min(1).max(maxUploadBytes),
    /** Of all bytes together, hexadecimal. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
    /** What it claims to be; what it is, its bytes say in the end. */
    type: z.string().regex(/^image\/[a-z0-9.+-]{1,40}$/),
    /** What was said the first time counts. */
    taken: photoTakenSchema.optional(),
  }),
  response: uploadStateSchema,
});

/**
 * Makes a photo of the parts. Again: the same answer. Refused as an upload in one piece is; with
 * `conflict` (details: `offset`) while bytes are missing, and after parts that were not what was
 * announced: then it begins anew at zero.
 */
export const finishUpload = defineRoute({
  method: 'POST',
  path: '/api/uploads/:id/finish',
  summary: 'Finish the upload of a photo',
  access: 'session',
  params: z.object({ id: idSchema }),
  response: uploadedFileSchema,
});
