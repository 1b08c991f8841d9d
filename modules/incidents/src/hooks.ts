/** What must happen together with an incident's moves, in modules below. */
import type { Actor } from '@wangge/kernel';
import { defineHook } from '@wangge/kernel';
import type { IncidentSource, IncidentState, Severity } from './states.ts';

/** Who caused it, when, and whether people are to be told (history that is loaded tells nobody). */
export interface Cause {
  readonly actor: Actor;
  readonly atMs: number;
  readonly quiet: boolean;
}

/** What is known of a report once its incident is made; enough to decide without reading it again. */
export interface ReportedIncident {
  readonly incidentId: string;
  readonly state: IncidentState;
  readonly source: IncidentSource;
  readonly categoryCode: string;
  readonly severity: Severity;
  readonly description: string;
  readonly path: string;
  readonly reportedMs: number;
  readonly cause: Cause;
}
/** A report became an incident that needs somebody: not a twin of another, and not settled by its reporter. */
export const incidentReported = defineHook<ReportedIncident>('incidents.reported');
/** `atReport`: by the report itself, together with `incidentReported`. */
export const incidentRegistered = defineHook<{
  readonly incidentId: string;
  readonly atReport?: boolean;
  readonly cause: Cause;
}>('incidents.registered');
/** It needs nobody any more. */
export const incidentEnding = defineHook<{
  readonly incidentId: string;
  readonly how: 'closed' | 'merged' | 'rejected' | 'withdrawn';
  readonly cause: Cause;
}>('incidents.ending');
export const incidentReworked = defineHook<{
  readonly incidentId: string;
  readonly reason: string;
  readonly cause: Cause;
}>('incidents.reworked');
/** Needs orders again: reopened on request, or no longer merged. */
export const incidentResumed = defineHook<{
  readonly incidentId: string;
  readonly why: 'reopened' | 'unmerged';
  readonly cause: Cause;
}>('incidents.resumed');
/** The time of an order's suspension is over: its clock goes on, and so must the order. */
export const clockResumed = defineHook<{ readonly incidentId: string; readonly orderId: string }>(
  'incidents.clock-resumed',
);
