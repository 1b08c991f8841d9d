import type { IncidentMove } from '@wangge/incidents/contract';

export type MoveField = 'reason' | 'remark' | 'category' | 'severity' | 'target' | 'place' | 'answer-by';

/** What a person fills in for each move, as `moveBody` wants it; null for moves that only the system makes. */
export const moveFields: Readonly<Record<IncidentMove, readonly MoveField[] | null>> = {
  accept: [],
  reject: ['reason'],
  withdraw: ['reason'],
  register: ['category', 'severity'],
  merge: ['target', 'reason'],
  unmerge: ['reason'],
  start: null,
  respond: null,
  rework: ['reason'],
  close: ['remark'],
  'ask-reopen': ['reason'],
  'grant-reopen': ['reason'],
  'refuse-reopen': ['reason'],
  supervise: ['reason', 'answer-by'],
  'raise-severity': ['severity', 'reason'],
  'change-category': ['category', 'reason'],
  'change-place': ['place', 'reason'],
  escalate: ['reason'],
  'take-back': ['reason'],
};

/** Steps along the way, shown as buttons; all others are in the menu. */
export const stepMoves: readonly IncidentMove[] = [
  'accept',
  'register',
  'close',
  'rework',
  'grant-reopen',
  'refuse-reopen',
  'reject',
];
