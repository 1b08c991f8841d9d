/** Events of the outbox: what happened, by identity only; subscribers read under their own right. */
import type { z } from 'zod';

export interface EventShape {
  /** `incidents.changed`, module first. */
  readonly type: string;
  /** Small payload: identifiers and what is needed to route, never personal data. */
  readonly payload: z.ZodType;
  /** Pushed to browsers as `{type, id, areaPath}`. */
  readonly live: boolean;
}

export function defineEvent<const E extends EventShape>(event: E): E {
  return event;
}
export type EventPayload<E extends EventShape> = z.output<E['payload']>;

/** What a browser receives: enough to know whether to refetch. */
export interface LiveMessage {
  readonly type: string;
  readonly id: string;
  readonly areaPath: string;
}
