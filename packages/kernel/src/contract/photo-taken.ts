/** What a phone says of a photo that it sends. */
import { placeSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

/** The end of 2099: beyond it no clock is merely wrong. */
const latestMs = Date.UTC(2100, 0, 1);

/**
 * The phone's word, kept as it was said and shown as the phone's word. `camera`: it came from the app's
 * camera button a moment ago; `gallery`: it was chosen among pictures that were there.
 */
export const photoTakenSchema = z.object({
  how: z.enum(['camera', 'gallery']),
  /** Phone's clock when it was taken, or chosen. */
  atMs: timeMs.min(0).max(latestMs),
  /** Server's clock minus the phone's, when it was last measured; null where it never was. */
  offsetMs: z.number().int().min(-latestMs).max(latestMs).nullable(),
  /** Where the phone was. Null off duty, without permission, or when no position came in time. */
  place: placeSchema.nullable(),
});
export type PhotoTaken = z.infer<typeof photoTakenSchema>;
