/** Photos that arrive in one piece. */
import { idSchema, placeSchema } from '@wangge/contract-kit';
import { z } from 'zod';

/**
 * The answer to `POST /api/files` (multipart/form-data, field `file`): a photo, checked by its bytes,
 * turned upright, resized, without metadata. `place` is what its GPS tags said before they were removed.
 * A field `taken` before the file may hold a `PhotoTaken` as JSON.
 */
export const uploadedFileSchema = z.object({
  fileId: idSchema,
  url: z.string(),
  thumbUrl: z.string(),
  width: z.number().int(),
  height: z.number().int(),
  sizeBytes: z.number().int(),
  place: placeSchema.nullable(),
});
export type UploadedFile = z.infer<typeof uploadedFileSchema>;
/** Largest upload in bytes; bigger ones are refused with `file-too-large`. */
export const maxUploadBytes = 25 * 1024 * 1024;
