/** The row that `incidents_create` takes for a report. */
import { newId, type Place } from '@wangge/contract-kit';
import type { Actor } from '@wangge/kernel';
import type { Limits } from '../rules.ts';
import type { IncidentSource, Severity } from '../states.ts';
import type { ReportStep } from './report-steps.ts';

export interface NewIncident {
  readonly id: string;
  readonly key: string;
  readonly contentHash: string;
  readonly source: IncidentSource;
  readonly severity: Severity;
  readonly categoryCode: string;
  readonly description: string;
  readonly address: string | null;
  readonly place: Place | undefined;
  readonly area: { readonly id: string; readonly path: string };
  readonly reporter: Actor;
  readonly phone: { readonly sealed: string; readonly index: string } | null;
  readonly anonymous: boolean;
  readonly receiptHash: string | null;
  readonly selfHandled: boolean;
  readonly atMs: number;
  readonly writtenAtMs: number | null;
  readonly limits: Limits;
  readonly stoppedMs: number | null;
  readonly closedMs: number | null;
  readonly photos: number;
  readonly proofs: number;
  readonly zone: string;
  /** Version of the categories that it was judged by. */
  readonly categories: string;
  readonly steps: readonly ReportStep[];
}

const iso = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

export function incidentRow(n: NewIncident): Record<string, unknown> {
  const last = n.steps.at(-1);
  return {
    id: n.id,
    client_key: n.key,
    content_hash: n.contentHash,
    source: n.source,
    state: last?.to ?? 'reported',
    severity: n.severity,
    category_code: n.categoryCode,
    description: n.description,
    address: n.address,
    lon: n.place?.lon ?? null,
    lat: n.place?.lat ?? null,
    accuracy_m: n.place?.accuracyM ?? null,
    area_id: n.area.id,
    path: n.area.path,
    reporter_account_id: n.reporter.kind === 'account' ? n.reporter.id : null,
    reporter_phone: n.phone?.sealed ?? null,
    reporter_phone_index: n.phone?.index ?? null,
    anonymous: n.anonymous,
    receipt_hash: n.receiptHash,
    self_handled: n.selfHandled,
    handler_ids: n.selfHandled && n.reporter.id !== null ? [n.reporter.id] : [],
    at: iso(n.atMs),
    written_at: iso(n.writtenAtMs),
    deadline_at: iso(n.limits.deadlineMs),
    warn_at: iso(n.limits.warnMs),
    clock_stopped_at: iso(n.stoppedMs),
    ended_at: iso(n.closedMs),
    closed_at: iso(n.closedMs),
    photo_count: n.photos,
    proof_count: n.proofs,
    changed_by: last?.actorName ?? n.reporter.name,
    updated_at: iso(last?.atMs ?? n.atMs),
    zone: n.zone,
    categories: n.categories,
    reporter_id: newId(n.atMs),
    steps: n.steps.map((s) => ({
      id: newId(s.atMs),
      at: iso(s.atMs),
      move: s.move,
      from_state: s.from,
      to_state: s.to,
      actor_kind: s.actor.kind,
      actor_id: s.actor.id,
      actor_name: s.actorName,
      reason: s.reason,
    })),
  };
}
