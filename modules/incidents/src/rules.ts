/** Pure rules beside the workflow: limits, clock marks, summaries. */
import { severities, type Severity } from './states.ts';

/** A severity raised above the category's own caps the limit (minutes). */
const severityCapMin: Readonly<Record<Severity, number>> = {
  ordinary: Number.POSITIVE_INFINITY,
  urgent: 24 * 60,
  emergency: 2 * 60,
};

/** What a category says about time and proof. */
export interface LimitRule {
  readonly severity: Severity;
  readonly handleLimitMin: number;
}

/**
 * Limit of handling in calendar minutes. The category's limit is made for its own severity; a higher
 * one shortens it to what such cases get (emergency 2 h, urgent 24 h).
 */
export function limitMinutes(rule: LimitRule, severity: Severity): number {
  if (severities[severity].rank <= severities[rule.severity].rank) return rule.handleLimitMin;
  return Math.min(rule.handleLimitMin, severityCapMin[severity]);
}

/** End and warning of the handling clock. */
export interface Limits {
  readonly deadlineMs: number;
  readonly warnMs: number;
}

export type ClockMark = 'running' | 'warning' | 'overdue';

/** What a list shows: nothing once it was stopped in time, `overdue` for good once it was not. */
export function clockMark(
  clock: { readonly deadlineMs: number | null; readonly warnMs: number | null; readonly stoppedMs: number | null },
  nowMs: number,
): ClockMark | null {
  if (clock.deadlineMs === null) return null;
  if ((clock.stoppedMs ?? nowMs) >= clock.deadlineMs) return 'overdue';
  if (clock.stoppedMs !== null) return null;
  return clock.warnMs !== null && nowMs >= clock.warnMs ? 'warning' : 'running';
}

/** First words of a description, on one line. Counts code points, so that no rare character is cut in half. */
export function summaryOf(description: string, maxChars = 40): string {
  const line = description.replace(/\s+/gu, ' ').trim();
  const chars = Array.from(line);
  return chars.length <= maxChars ? line : `${chars.slice(0, maxChars - 1).join('')}…`;
}

/** `138****0001`: enough to recognise a number that one knows. */
export function maskPhone(phone: string): string {
  return phone.length < 7 ? '***' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}
