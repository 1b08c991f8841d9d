/** What must happen together with telling people. */
import { defineHook } from '@wangge/kernel';

/** Somebody takes notice of a message: whoever owns what it is about stops ringing for it. */
export const messageAcknowledged = defineHook<{
  readonly accountId: string;
  readonly subject: { readonly kind: string; readonly id: string } | null;
}>('notify.message-acknowledged');
