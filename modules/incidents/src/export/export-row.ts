/** A row of a file as the database writes it: one text, for a page of rows as for one. */
import type { IncidentSource, IncidentState, Severity } from '../states.ts';

export interface ExportRow {
  readonly number: string;
  readonly state: IncidentState;
  readonly source: IncidentSource;
  readonly severity: Severity;
  readonly category_code: string;
  readonly description: string;
  readonly address: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly area_id: string | null;
  readonly reported_ms: number;
  readonly updated_ms: number;
  readonly deadline_ms: number | null;
  readonly warn_ms: number | null;
  readonly stopped_ms: number | null;
  readonly closed_ms: number | null;
  readonly reporter_phone: string | null;
  readonly anonymous: boolean;
  /** With a blank between them. */
  readonly department_ids: string | null;
  readonly assignee_ids: string | null;
  readonly open_orders: number;
  readonly photo_count: number;
  readonly reporter_count: number;
  readonly supervised: boolean;
  readonly rating_response: number | null;
  readonly rating_resolved: boolean | null;
  readonly rating_satisfied: number | null;
}

const unit = '\u001F';
const record = '\u001E';
const textOf = (field: string | undefined): string | null => (field === undefined || field === '' ? null : field);
const numberOf = (field: string | undefined): number | null =>
  field === undefined || field === '' ? null : Number(field);

/** @param line fields in the order of `incidents_export_text` */
function rowOf(line: string): ExportRow {
  const f = line.split(unit);
  return {
    number: f[0] ?? '',
    state: f[1] as IncidentState,
    source: f[2] as IncidentSource,
    severity: f[3] as Severity,
    category_code: f[4] ?? '',
    description: f[5] ?? '',
    address: textOf(f[6]),
    lon: numberOf(f[7]),
    lat: numberOf(f[8]),
    area_id: textOf(f[9]),
    reported_ms: Number(f[10]),
    updated_ms: Number(f[11]),
    deadline_ms: numberOf(f[12]),
    warn_ms: numberOf(f[13]),
    stopped_ms: numberOf(f[14]),
    closed_ms: numberOf(f[15]),
    reporter_phone: textOf(f[16]),
    anonymous: f[17] === '1',
    department_ids: textOf(f[18]),
    assignee_ids: textOf(f[19]),
    open_orders: Number(f[20]),
    photo_count: Number(f[21]),
    reporter_count: Number(f[22]),
    supervised: f[23] === '1',
    rating_response: numberOf(f[24]),
    rating_resolved: f[25] === '' ? null : f[25] === '1',
    rating_satisfied: numberOf(f[26]),
  };
}

/** The rows of a page of `incidents_export_text`, each made when it is asked for. */
export function* rowsOfText(text: string): Generator<ExportRow> {
  for (const line of linesOf(text)) yield rowOf(line);
}
function* linesOf(text: string): Generator<string> {
  if (text === '') return;
  for (let from = 0, to = 0; to !== -1; from = to + 1) {
    to = text.indexOf(record, from);
    yield to === -1 ? text.slice(from) : text.slice(from, to);
  }
}
