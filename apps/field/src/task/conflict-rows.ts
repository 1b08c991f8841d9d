import type { Task } from '@wangge/dispatch/contract';

/** What is compared when somebody else was faster, in the order it is shown. */
export const conflictFields = ['state', 'party', 'deadline', 'place', 'photos'] as const;
export type ConflictField = (typeof conflictFields)[number];

export interface ConflictRow {
  readonly field: ConflictField;
  readonly changed: boolean;
}

function valueOf({ order, incident }: Task, field: ConflictField): unknown {
  switch (field) {
    case 'state':
      return [order.state, order.pending];
    case 'party':
      // As it is shown: whoever accepts their own order becomes its handler, and nothing changed for anybody.
      return order.handlerName ?? order.partyName;
    case 'deadline':
      return incident.deadlineMs;
    case 'place':
      return [incident.place?.lon, incident.place?.lat, incident.address, incident.areaName];
    case 'photos':
      return incident.photos.map(({ fileId }) => fileId);
  }
}

/** Which of the facts differ between what a person saw and what is there now. The state always shows. */
export function conflictRows(seen: Task, now: Task): readonly ConflictRow[] {
  return conflictFields
    .map((field) => ({ field, changed: JSON.stringify(valueOf(seen, field)) !== JSON.stringify(valueOf(now, field)) }))
    .filter(({ field, changed }) => changed || field === 'state');
}
