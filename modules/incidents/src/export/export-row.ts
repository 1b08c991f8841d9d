/** A row of a file as the database writes it: one text, for a page of rows as for one. */
import type { IncidentSource, IncidentState, Severity } from '../states.ts';

const unit = '\u001F';
const record = '\u001E';
const textOf = (field: string | undefined): string | null => (field === undefined || field === '' ? null : field);
const numberOf = (field: string | undefined): number | null =>
  field === undefined || field === '' ? null : Number(field);

/** A row as its fields, each read when a cell asks for it: most columns need one, and no row needs all twice. */
export class ExportRow {
  readonly #fields: readonly string[];
  /** @param line fields in the order of `incidents_export_text` */
  constructor(line: string) {
    this.#fields = line.split(unit);
  }
  get number(): string {
    return this.#fields[0] ?? '';
  }
  get state(): IncidentState {
    return this.#fields[1] as IncidentState;
  }
  get source(): IncidentSource {
    return this.#fields[2] as IncidentSource;
  }
  get severity(): Severity {
    return this.#fields[3] as Severity;
  }
  get category_code(): string {
    return this.#fields[4] ?? '';
  }
  get description(): string {
    return this.#fields[5] ?? '';
  }
  get address(): string | null {
    return textOf(this.#fields[6]);
  }
  get lon(): number | null {
    return numberOf(this.#fields[7]);
  }
  get lat(): number | null {
    return numberOf(this.#fields[8]);
  }
  get area_id(): string | null {
    return textOf(this.#fields[9]);
  }
  get reported_ms(): number {
    return Number(this.#fields[10]);
  }
  get updated_ms(): number {
    return Number(this.#fields[11]);
  }
  get deadline_ms(): number | null {
    return numberOf(this.#fields[12]);
  }
  get warn_ms(): number | null {
    return numberOf(this.#fields[13]);
  }
  get stopped_ms(): number | null {
    return numberOf(this.#fields[14]);
  }
  get closed_ms(): number | null {
    return numberOf(this.#fields[15]);
  }
  get reporter_phone(): string | null {
    return textOf(this.#fields[16]);
  }
  get anonymous(): boolean {
    return this.#fields[17] === '1';
  }
  /** With a blank between them. */
  get department_ids(): string | null {
    return textOf(this.#fields[18]);
  }
  get assignee_ids(): string | null {
    return textOf(this.#fields[19]);
  }
  get open_orders(): number {
    return Number(this.#fields[20]);
  }
  get photo_count(): number {
    return Number(this.#fields[21]);
  }
  get reporter_count(): number {
    return Number(this.#fields[22]);
  }
  get supervised(): boolean {
    return this.#fields[23] === '1';
  }
  get rating_response(): number | null {
    return numberOf(this.#fields[24]);
  }
  get rating_resolved(): boolean | null {
    return this.#fields[25] === '' ? null : this.#fields[25] === '1';
  }
  get rating_satisfied(): number | null {
    return numberOf(this.#fields[26]);
  }
}

/** The rows of a page of `incidents_export_text`, each made when it is asked for. */
export function* rowsOfText(text: string): Generator<ExportRow> {
  for (const line of linesOf(text)) yield new ExportRow(line);
}
function* linesOf(text: string): Generator<string> {
  if (text === '') return;
  for (let from = 0, to = 0; to !== -1; from = to + 1) {
    to = text.indexOf(record, from);
    yield to === -1 ? text.slice(from) : text.slice(from, to);
  }
}
