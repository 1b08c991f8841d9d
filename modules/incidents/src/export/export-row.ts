/** Rows of a file as the database writes them: one text for a page. */
import type { IncidentSource, IncidentState, Severity } from '../states.ts';

const unit = 0x1f;
const record = 0x1e;
const zero = 0x30;
/** Of a row, in the order of `incidents_export_text`. */
const fields = 27;

/**
 * Goes through a page row by row; what it reads is of the row where it stands. Most fields are numbers and are read
 * where they lie: taking every field out as a text of its own was a fifth of the work for a file.
 */
export class ExportRow {
  readonly #page: string;
  /** Where each field begins, and behind them the next row. */
  readonly #begins = new Int32Array(fields + 1);
  /** @param page as `incidents_export_text` answers it; empty for none */
  constructor(page: string) {
    this.#page = page;
  }
  /** @returns false behind the last row */
  next(): boolean {
    const page = this.#page;
    const begins = this.#begins;
    let at = begins[fields] ?? 0;
    if (at >= page.length) return false;
    begins[0] = at;
    for (let field = 1; at < page.length; at++) {
      const unitOrRecord = page.charCodeAt(at);
      if (unitOrRecord === unit) begins[field++] = at + 1;
      else if (unitOrRecord === record) break;
    }
    begins[fields] = at + 1;
    return true;
  }
  #text(field: number): string {
    return this.#page.slice(this.#begins[field], (this.#begins[field + 1] ?? 1) - 1);
  }
  #textOrNull(field: number): string | null {
    return this.#text(field) || null;
  }
  #realOrNull(field: number): number | null {
    const text = this.#text(field);
    return text === '' ? null : Number(text);
  }
  /** Digits only. */
  #wholeOrNull(field: number): number | null {
    const end = (this.#begins[field + 1] ?? 1) - 1;
    let at = this.#begins[field] ?? end;
    if (at === end) return null;
    let whole = 0;
    for (; at < end; at++) whole = whole * 10 + this.#page.charCodeAt(at) - zero;
    return whole;
  }
  #whole(field: number): number {
    return this.#wholeOrNull(field) ?? 0;
  }

  get number(): string {
    return this.#text(0);
  }
  get state(): IncidentState {
    return this.#text(1) as IncidentState;
  }
  get source(): IncidentSource {
    return this.#text(2) as IncidentSource;
  }
  get severity(): Severity {
    return this.#text(3) as Severity;
  }
  get categoryCode(): string {
    return this.#text(4);
  }
  get description(): string {
    return this.#text(5);
  }
  get address(): string | null {
    return this.#textOrNull(6);
  }
  get lon(): number | null {
    return this.#realOrNull(7);
  }
  get lat(): number | null {
    return this.#realOrNull(8);
  }
  get areaId(): string | null {
    return this.#textOrNull(9);
  }
  get reportedMs(): number {
    return this.#whole(10);
  }
  get updatedMs(): number {
    return this.#whole(11);
  }
  get deadlineMs(): number | null {
    return this.#wholeOrNull(12);
  }
  get warnMs(): number | null {
    return this.#wholeOrNull(13);
  }
  get stoppedMs(): number | null {
    return this.#wholeOrNull(14);
  }
  get closedMs(): number | null {
    return this.#wholeOrNull(15);
  }
  /** Sealed. */
  get reporterPhone(): string | null {
    return this.#textOrNull(16);
  }
  get anonymous(): boolean {
    return this.#whole(17) === 1;
  }
  /** With a blank between them. */
  get departmentIds(): string | null {
    return this.#textOrNull(18);
  }
  get assigneeIds(): string | null {
    return this.#textOrNull(19);
  }
  get openOrders(): number {
    return this.#whole(20);
  }
  get photoCount(): number {
    return this.#whole(21);
  }
  get reporterCount(): number {
    return this.#whole(22);
  }
  get supervised(): boolean {
    return this.#whole(23) === 1;
  }
  get ratingResponse(): number | null {
    return this.#wholeOrNull(24);
  }
  get ratingResolved(): boolean | null {
    const whole = this.#wholeOrNull(25);
    return whole === null ? null : whole === 1;
  }
  get ratingSatisfied(): number | null {
    return this.#wholeOrNull(26);
  }
}
