/** Writes to an incident's row. Who may is decided before; see `asPlatform`. */
import { sql, type Tx } from '@wangge/kernel';

/** Columns that a use case may set. Times are milliseconds and become timestamps. */
export interface IncidentPatch {
  state?: string;
  state_before?: string | null;
  severity?: string;
  category_code?: string;
  address?: string | null;
  lon?: number | null;
  lat?: number | null;
  accuracy_m?: number | null;
  responsible_area_id?: string | null;
  responsible_path?: string;
  assignee_ids?: readonly string[];
  department_ids?: readonly string[];
  handler_ids?: readonly string[];
  open_orders?: number;
  open_required_orders?: number;
  parts_total?: number;
  parts_done?: number;
  deadline_at?: number | null;
  warn_at?: number | null;
  own_deadline_at?: number | null;
  clock_stopped_at?: number | null;
  clock_told?: number;
  ended_at?: number | null;
  closed_at?: number | null;
  merged_into?: string | null;
  rating_response?: number;
  rating_resolved?: boolean;
  rating_satisfied?: number;
  rating_text?: string | null;
  photo_count?: number;
  proof_count?: number;
  reporter_count?: number;
  supervised?: boolean;
  escalated?: boolean;
}

const times = new Set(['deadline_at', 'warn_at', 'own_deadline_at', 'clock_stopped_at', 'ended_at', 'closed_at']);

function asJson(patch: IncidentPatch): string {
  const entries = Object.entries(patch).map(([key, value]: [string, unknown]) => [
    key,
    times.has(key) && typeof value === 'number' ? new Date(value).toISOString() : value,
  ]);
  return JSON.stringify(Object.fromEntries(entries));
}

/**
 * Sets the given columns and counts the version up. One statement for all patches, so that PostgreSQL
 * plans it once: what is not given keeps its value by way of `jsonb_populate_record`.
 */
export async function patchIncident(
  tx: Tx,
  id: string,
  patch: IncidentPatch,
  by: { readonly name: string; readonly atMs: number },
): Promise<void> {
  await tx.run(sql`update incidents_incidents i set
      (state, state_before, severity, category_code, address, lon, lat, accuracy_m, responsible_area_id, responsible_path,
       assignee_ids, department_ids, handler_ids, open_orders, open_required_orders, deadline_at, warn_at, own_deadline_at,
       clock_stopped_at, clock_told, ended_at, closed_at, closed_day, merged_into, rating_response, rating_resolved,
       rating_satisfied, rating_text, photo_count, proof_count, reporter_count, supervised, escalated, parts_total, parts_done, search_text)
      = (select p.state, p.state_before, p.severity, p.category_code, p.address, p.lon, p.lat, p.accuracy_m,
       p.responsible_area_id, p.responsible_path, p.assignee_ids, p.department_ids, p.handler_ids, p.open_orders,
       p.open_required_orders, p.deadline_at, p.warn_at, p.own_deadline_at, p.clock_stopped_at, p.clock_told, p.ended_at,
       p.closed_at, (p.closed_at at time zone ${tx.rt.config.zone})::date, p.merged_into, p.rating_response,
       p.rating_resolved, p.rating_satisfied, p.rating_text, p.photo_count, p.proof_count, p.reporter_count, p.supervised,
       p.escalated, p.parts_total, p.parts_done, case when p.address is distinct from i.address
         then incidents_search_text(i.description, p.address, i.number) else i.search_text end
       from jsonb_populate_record(i, ${asJson(patch)}::jsonb) as p),
      changed_by = ${by.name}, updated_at = ${new Date(by.atMs)}, version = i.version + 1
    where i.id = ${id}`);
}
