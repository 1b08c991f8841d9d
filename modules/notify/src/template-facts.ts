/** What each template is: of which kind, whether it breaks through, whether reading it is enough. */
import type { MessageKind } from './contract/kinds.ts';
import type { TemplateName } from './templates.ts';

interface TemplateFacts {
  readonly kind: MessageKind;
  /** Breaks through quiet hours and through what somebody switched off. */
  readonly urgent?: true;
  /** Rings until somebody takes notice. */
  readonly needsAck?: true;
  /** Minutes after which it says nothing any more; a day otherwise, and then it is tried at least once. */
  readonly staleMin?: number;
}

export const templateFacts: Readonly<Record<TemplateName, TemplateFacts>> = {
  'resident.code': { kind: 'report', staleMin: 10 },
  'resident.received': { kind: 'report' },
  'resident.merged': { kind: 'report' },
  'resident.rejected': { kind: 'report' },
  'resident.closed': { kind: 'report' },
  'resident.reopened': { kind: 'report' },
  'resident.reopen-refused': { kind: 'report' },
  'order.offered': { kind: 'order' },
  'order.returned': { kind: 'order' },
  'order.cancelled': { kind: 'order' },
  'order.reopened': { kind: 'order' },
  'incident.unassigned': { kind: 'order', needsAck: true },
  'instruction.given': { kind: 'order' },
  'instruction.reminder': { kind: 'order' },
  'forward.asked': { kind: 'order' },
  'forward.accepted': { kind: 'order' },
  'forward.declined': { kind: 'order' },
  'forward.withdrawn': { kind: 'order' },
  'help.asked': { kind: 'order', urgent: true, needsAck: true },
  'help.answered': { kind: 'order', urgent: true },
  'whistle.asked': { kind: 'order' },
  'whistle.sounded': { kind: 'order', urgent: true, needsAck: true },
  'whistle.declined': { kind: 'order' },
  'whistle.late': { kind: 'supervision' },
  'patrol.missed': { kind: 'supervision' },
  'supervision.late': { kind: 'supervision' },
  'incident.supervised': { kind: 'supervision', needsAck: true },
  'incident.warning': { kind: 'deadline', needsAck: true },
  'incident.limit': { kind: 'deadline', needsAck: true },
  'incident.overdue': { kind: 'deadline', needsAck: true },
  'incident.escalated': { kind: 'supervision', urgent: true, needsAck: true },
  'calendar.missing': { kind: 'system' },
};
