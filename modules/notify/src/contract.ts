/** What the notify module offers over HTTP: a person's own messages, how they are told, and the ways out. */
import { defineEvent, defineRoute, idSchema, pageOf, pageQuery, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';
import { messageKindNames } from './contract/kinds.ts';

export * from './contract/channels.ts';
export * from './contract/deliveries.ts';
export * from './contract/kinds.ts';
export * from './contract/preferences.ts';

export const messageSchema = z.object({
  id: idSchema,
  atMs: timeMs,
  template: z.string(),
  kind: z.enum(messageKindNames),
  text: z.string(),
  subjectKind: z.string().nullable(),
  subjectId: idSchema.nullable(),
  urgent: z.boolean(),
  read: z.boolean(),
  /** Reading is not enough: somebody has to take notice, or reminders go on. */
  needsAcknowledge: z.boolean(),
  acknowledgedAtMs: timeMs.nullable(),
  /** Who did, where it was not the receiver. */
  acknowledgedBy: z.string().nullable(),
});
export type Message = z.infer<typeof messageSchema>;

export const listMessages = defineRoute({
  method: 'GET',
  path: '/api/notify/messages',
  summary: 'Own messages, newest first',
  access: 'session',
  query: pageQuery,
  response: pageOf(messageSchema).extend({ unread: z.number().int(), unacknowledged: z.number().int() }),
});
export const readMessages = defineRoute({
  method: 'POST',
  path: '/api/notify/messages/read',
  summary: 'Mark own messages as read',
  access: 'session',
  body: z.object({ ids: z.array(idSchema).min(1).max(200) }),
  response: z.object({ unread: z.number().int() }),
});
/** Also acknowledges what it is about: the ladder of an incident stops. */
export const acknowledgeMessage = defineRoute({
  method: 'POST',
  path: '/api/notify/messages/:id/acknowledge',
  summary: 'Take notice of an own message; it counts for everybody who was told of the same thing',
  access: 'session',
  params: z.object({ id: idSchema }),
  response: messageSchema,
});
export const messageTold = defineEvent({ type: 'notify.told', payload: z.object({ messageId: idSchema }), live: true });
/** Read or acknowledged, here or on another device. */
export const inboxChanged = defineEvent({ type: 'notify.inbox-changed', payload: z.object({}), live: true });
