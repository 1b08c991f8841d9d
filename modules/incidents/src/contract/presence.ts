/** Who is on an incident at the moment. */
import { defineEvent, defineRoute, idSchema, timeMs } from '@wangge/contract-kit';
import { z } from 'zod';

/** A page beats this often while it shows an incident; one that is silent for `presenceMs` is gone. */
export const presenceBeatMs = 15_000;
export const presenceMs = 40_000;

export const presenceSchema = z.object({
  incidentId: idSchema,
  accountId: idSchema,
  name: z.string(),
  /** Has it open, or is about to send somebody there. */
  doing: z.enum(['reading', 'dispatching']),
  sinceMs: timeMs,
});
export type Presence = z.infer<typeof presenceSchema>;

export const listPresence = defineRoute({
  method: 'GET',
  path: '/api/incidents/presence',
  summary: 'Who else has which incidents open, within the own scope',
  access: { permission: 'incidents.read' },
  response: z.object({ present: z.array(presenceSchema) }),
});
export const beatPresence = defineRoute({
  method: 'PUT',
  path: '/api/incidents/:id/presence',
  summary: 'I have this incident open',
  access: { permission: 'incidents.read' },
  params: z.object({ id: idSchema }),
  body: z.object({ tab: idSchema, doing: presenceSchema.shape.doing }),
  response: z.object({ ok: z.literal(true) }),
});
export const leavePresence = defineRoute({
  method: 'POST',
  path: '/api/incidents/:id/presence/leave',
  summary: 'I have closed this incident',
  access: { permission: 'incidents.read' },
  params: z.object({ id: idSchema }),
  body: z.object({ tab: idSchema }),
  response: z.object({ ok: z.literal(true) }),
});

/** Somebody came to an incident, left it, or began to dispatch it; a beat alone is no event. */
export const presenceChanged = defineEvent({
  type: 'incidents.presence-changed',
  payload: z.object({ incidentId: idSchema }),
  live: true,
});
