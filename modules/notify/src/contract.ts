/** What the notify module offers over HTTP: a person's own messages. */
import { defineEvent, defineRoute, idSchema, pageOf, pageQuery, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

export const messageSchema = z.object({
  id: idSchema,
  atMs: timeMs,
  template: z.string(),
  text: z.string(),
  subjectKind: z.string().nullable(),
  subjectId: idSchema.nullable(),
  read: z.boolean(),
});
export type Message = z.infer<typeof messageSchema>;

export const listMessages = defineRoute({
  method: 'GET',
  path: '/api/notify/messages',
  summary: 'Own messages, newest first',
  access: 'session',
  query: pageQuery,
  response: pageOf(messageSchema).extend({ unread: z.number().int() }),
});
export const readMessages = defineRoute({
  method: 'POST',
  path: '/api/notify/messages/read',
  summary: 'Mark own messages as read',
  access: 'session',
  body: z.object({ ids: z.array(idSchema).min(1).max(200) }),
  response: z.object({ unread: z.number().int() }),
});
export const messageTold = defineEvent({ type: 'notify.told', payload: z.object({ messageId: idSchema }), live: true });
