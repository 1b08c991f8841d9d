/** What every way out has in common. */
import type { Lang } from '@wangge/contract-kit';

/** One message on its way out. */
export interface Outgoing {
  /** Stays the same over all attempts, so that whoever keeps keys drops a repetition. */
  readonly key: string;
  readonly lang: Lang;
  readonly title: string;
  readonly text: string;
  /** Path below the platform's own address. */
  readonly path: string;
  readonly link: string;
  readonly urgent: boolean;
}
/** What came of an attempt. `final`: trying again would change nothing. */
export type Verdict =
  | { readonly ok: true; readonly answer: string }
  | { readonly ok: false; readonly answer: string; readonly final: boolean };

/** Throws when there is no answer at all; that is tried again. */
export type Send = (to: string, message: Outgoing) => Promise<Verdict>;

/** Statuses after which the same request would be refused again. */
const refusals = new Set([400, 413, 422]);
/** What an HTTP provider said. The status alone: an answer's text may repeat the number or the message. */
export function verdictOf(status: number, detail = ''): Verdict {
  const answer = `HTTP ${status}${detail === '' ? '' : ` ${detail}`}`;
  return status >= 200 && status < 300 ? { ok: true, answer } : { ok: false, answer, final: refusals.has(status) };
}
