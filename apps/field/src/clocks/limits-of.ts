import type { Task } from '@wangge/dispatch/contract';
import type { ClockTone } from '@wangge/ui';

type Paused = NonNullable<NonNullable<Task['incident']['paused']>>;
/** One limit that holds for a task: the resident's, or the task's own beside it. */
export type Limit =
  | {
      readonly of: 'incident' | 'order';
      readonly kind: 'due';
      readonly deadlineMs: number;
      readonly tone: ClockTone | null;
    }
  | {
      readonly of: 'incident' | 'order';
      readonly kind: 'paused';
      readonly why: Paused['why'];
      readonly untilMs: number | null;
    };

/** What runs and what stands, the resident's first; a task that is split off has only one of them. */
export function limitsOf({ order, incident }: Task): readonly Limit[] {
  const limits: Limit[] = [];
  if (incident.paused) limits.push({ of: 'incident', kind: 'paused', ...incident.paused });
  else if (incident.deadlineMs !== null)
    limits.push({ of: 'incident', kind: 'due', deadlineMs: incident.deadlineMs, tone: incident.clock });
  if (order.state === 'suspended')
    limits.push({ of: 'order', kind: 'paused', why: 'suspension', untilMs: order.suspendedUntilMs ?? null });
  else if (order.deadlineMs != null)
    limits.push({ of: 'order', kind: 'due', deadlineMs: order.deadlineMs, tone: null });
  return limits;
}

/** The one for a card: what is due first; what stands only where nothing runs. */
export function pressingLimit(task: Task): Limit | null {
  const limits = limitsOf(task);
  // Whoever may not go on with the task need not hurry, whatever the resident was told.
  const suspended = limits.find((limit) => limit.of === 'order' && limit.kind === 'paused');
  if (suspended) return suspended;
  const due = limits.filter((limit) => limit.kind === 'due').toSorted((a, b) => a.deadlineMs - b.deadlineMs);
  return due[0] ?? limits[0] ?? null;
}
