/** When something was done on a phone that was out of reach. */
import { timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

/** What a phone knows of the time of a tap; its own clock may be wrong by any amount. */
export const phoneTimeSchema = z.object({
  /** Phone's clock at the tap. */
  phoneMs: timeMs,
  /** Server's clock minus the phone's, when it was last measured. */
  clockOffsetMs: z.number().int(),
  /** Server's clock at the last answer before the tap. */
  contactMs: timeMs,
});
export type PhoneTime = z.infer<typeof phoneTimeSchema>;

/** As kept with an entry of the timeline whose time is the phone's word. */
export const byPhoneSchema = phoneTimeSchema.extend({
  /** Server's clock when it arrived. */
  receivedMs: timeMs,
});
export type ByPhone = z.infer<typeof byPhoneSchema>;
