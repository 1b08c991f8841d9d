/** One incident as the use cases see it: the row of the table with times in milliseconds. */
import { fixedSql, type Sql, sql, type Tx } from '@wangge/kernel';
import type { IncidentSource, IncidentState, Severity } from './states.ts';

export interface IncidentRecord {
  readonly id: string;
  readonly number: string;
  readonly source: IncidentSource;
  readonly state: IncidentState;
  readonly stateBefore: IncidentState | null;
  readonly severity: Severity;
  readonly categoryCode: string;
  readonly description: string;
  readonly address: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly accuracyM: number | null;
  readonly reportedAreaId: string | null;
  readonly areaId: string | null;
  readonly path: string;
  readonly reporterAccountId: string | null;
  readonly reporterPhone: string | null;
  readonly reporterPhoneIndex: string | null;
  readonly anonymous: boolean;
  readonly selfHandled: boolean;
  readonly assigneeIds: readonly string[];
  readonly departmentIds: readonly string[];
  readonly handlerIds: readonly string[];
  readonly openOrders: number;
  readonly openRequiredOrders: number;
  readonly partsTotal: number;
  readonly partsDone: number;
  readonly reportedMs: number;
  readonly deadlineMs: number | null;
  readonly warnMs: number | null;
  readonly ownDeadlineMs: number | null;
  readonly stoppedMs: number | null;
  readonly endedMs: number | null;
  readonly closedMs: number | null;
  readonly mergedInto: string | null;
  readonly ratingResponse: number | null;
  readonly ratingResolved: boolean | null;
  readonly ratingSatisfied: number | null;
  readonly ratingText: string | null;
  readonly photoCount: number;
  readonly proofCount: number;
  readonly reporterCount: number;
  readonly supervised: boolean;
  readonly escalated: boolean;
  readonly changedBy: string;
  readonly updatedMs: number;
  readonly version: number;
  /** Of its category. */
  readonly proofRequired: boolean;
  readonly proofInApp: boolean;
  readonly handleLimitMin: number;
  readonly categorySeverity: Severity;
  readonly autoCloseMin: number | null;
}

const columns: Sql = fixedSql(`i.id, i.number, i.source, i.state, i.state_before as "stateBefore", i.severity,
  i.category_code as "categoryCode", i.description, i.address, i.lon, i.lat, i.accuracy_m as "accuracyM",
  i.reported_area_id as "reportedAreaId", i.responsible_area_id as "areaId", i.responsible_path as path,
  i.reporter_account_id as "reporterAccountId", i.reporter_phone as "reporterPhone",
  i.reporter_phone_index as "reporterPhoneIndex", i.anonymous, i.self_handled as "selfHandled",
  i.assignee_ids as "assigneeIds", i.department_ids as "departmentIds", i.handler_ids as "handlerIds",
  i.open_orders as "openOrders", i.open_required_orders as "openRequiredOrders",
  i.parts_total as "partsTotal", i.parts_done as "partsDone",
  incidents_ms(i.reported_at) as "reportedMs", incidents_ms(i.deadline_at) as "deadlineMs",
  incidents_ms(i.warn_at) as "warnMs", incidents_ms(i.own_deadline_at) as "ownDeadlineMs",
  incidents_ms(i.clock_stopped_at) as "stoppedMs", incidents_ms(i.ended_at) as "endedMs",
  incidents_ms(i.closed_at) as "closedMs", i.merged_into as "mergedInto", i.rating_response as "ratingResponse",
  i.rating_resolved as "ratingResolved", i.rating_satisfied as "ratingSatisfied", i.rating_text as "ratingText",
  i.photo_count as "photoCount", i.proof_count as "proofCount", i.reporter_count as "reporterCount", i.supervised,
  i.escalated, i.changed_by as "changedBy", incidents_ms(i.updated_at) as "updatedMs", i.version,
  c.proof_required as "proofRequired", c.proof_in_app as "proofInApp", c.handle_limit_min as "handleLimitMin", c.severity as "categorySeverity",
  c.auto_close_min as "autoCloseMin"`);

/** The incident if the caller may see it; else `not-found`. */
export function findRecord(tx: Tx, id: string): Promise<IncidentRecord> {
  return tx.one(sql`select ${columns} from incidents_incidents i
    join incidents_categories c on c.code = i.category_code where i.id = ${id}`);
}

/** The same, locked until the transaction ends: all that belongs to an incident changes under this lock. */
export function lockRecord(tx: Tx, id: string): Promise<IncidentRecord> {
  return tx.one(sql`select ${columns} from incidents_incidents i
    join incidents_categories c on c.code = i.category_code where i.id = ${id} for update of i`);
}

/** Those of the incidents that the caller may see. */
export async function findRecords(tx: Tx, ids: readonly string[]): Promise<Map<string, IncidentRecord>> {
  const rows = await tx.rows<IncidentRecord>(sql`select ${columns} from incidents_incidents i
    join incidents_categories c on c.code = i.category_code where i.id = any(${[...ids]}::uuid[])`);
  return new Map(rows.map((r) => [r.id, r]));
}

/** By what a receipt's holder shows; the caller checks the proof. */
export function findByReceipt(tx: Tx, receiptHash: string): Promise<IncidentRecord | undefined> {
  return tx.maybe(sql`select ${columns} from incidents_incidents i
    join incidents_categories c on c.code = i.category_code where i.receipt_hash = ${receiptHash}`);
}
export function findByNumberAndPhone(tx: Tx, number: string, phoneIndex: string): Promise<IncidentRecord | undefined> {
  return tx.maybe(sql`select ${columns} from incidents_incidents i
    join incidents_categories c on c.code = i.category_code
    where i.number = ${number} and (i.reporter_phone_index = ${phoneIndex} or exists (
      select 1 from incidents_reporters r where r.incident_id = i.id and r.phone_index = ${phoneIndex}))`);
}
