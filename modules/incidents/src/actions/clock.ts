/** An incident's handling clock over its moves. */
import { sql, type Tx } from '@wangge/kernel';
import type { IncidentRecord } from '../record.ts';
import { type LimitRule, type Limits, limitMinutes, limitsFrom } from '../rules.ts';
import type { Severity } from '../states.ts';
import type { IncidentPatch } from '../store/patch.ts';

const minuteMs = 60_000;

export function ruleOf(record: IncidentRecord): LimitRule {
  return { severity: record.categorySeverity, handleLimitMin: record.handleLimitMin };
}

/** When the present clock was started: shifted by every stop, so that a changed limit keeps them. */
export function clockStartMs(record: IncidentRecord): number {
  if (record.ownDeadlineMs === null) return record.reportedMs;
  return record.ownDeadlineMs - limitMinutes(ruleOf(record), record.severity) * minuteMs;
}
/** The limits of its own, without those that merged incidents brought along. */
export function ownLimits(record: IncidentRecord): Limits {
  return limitsFrom(clockStartMs(record), ruleOf(record), record.severity);
}
/** After another category or severity: from the same start. */
export function relimited(record: IncidentRecord, rule: LimitRule, severity: Severity): Limits {
  return limitsFrom(clockStartMs(record), rule, severity);
}

/** The earliest limit among the incidents merged into this one. */
async function earliestMerged(tx: Tx, incidentId: string): Promise<Limits | undefined> {
  const row = await tx.maybe<{ deadlineMs: number; warnMs: number }>(sql`
    select incidents_ms(s.deadline_at) as "deadlineMs", incidents_ms(s.warn_at) as "warnMs"
    from incidents_merges m join incidents_incidents s on s.id = m.source_id
    where m.target_id = ${incidentId} and m.undone_at is null and s.deadline_at is not null and s.warn_at is not null
    order by s.deadline_at limit 1`);
  return row;
}

/** The columns of the clock for new limits of its own: an earlier one of a merged incident goes before. */
export async function clockPatch(tx: Tx, incidentId: string, own: Limits): Promise<IncidentPatch> {
  const merged = await earliestMerged(tx, incidentId);
  const { deadlineMs, warnMs } = merged && merged.deadlineMs < own.deadlineMs ? merged : own;
  return { own_deadline_at: own.deadlineMs, deadline_at: deadlineMs, warn_at: warnMs, clock_told: 0 };
}
