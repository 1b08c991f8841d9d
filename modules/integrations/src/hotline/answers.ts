/** What became of a source's orders, in the form in which they came. */
import { incidentStates, type IncidentState } from '@wangge/incidents/contract';
import { localTexts, localTimeIn, sql, type Tx } from '@wangge/kernel';
import type { HotlineSource } from '../contract/hotline.ts';
import { openRow } from './take-in.ts';

export interface Answer {
  readonly outerNumber: string;
  /** The order's own columns. */
  readonly row: Readonly<Record<string, string>>;
  readonly number: string;
  readonly state: IncidentState;
  readonly closedAtMs: number | null;
  readonly updatedAtMs: number;
  /** What was said last about its handling; null while nothing was. */
  readonly answer: string | null;
}
/** From this moment on; of those that changed at that very moment, the numbers after this one. */
export interface Since {
  readonly ms: number;
  readonly outerNumber: string;
}
interface AnswerRow extends Omit<Answer, 'row'> {
  readonly sealed: string;
}

/** Oldest change first, so that whoever asks again from the last one misses none. Of a merged one, the one that stayed. */
export async function answersSince(
  tx: Tx,
  sourceId: string,
  since: Since,
  most: number,
): Promise<{ answers: Answer[]; more: boolean }> {
  const rows = await tx.rows<AnswerRow>(sql`
    select o.outer_number as "outerNumber", o.row_sealed as sealed, i.number, k.state,
      incidents_ms(k.closed_at) as "closedAtMs", incidents_ms(k.updated_at) as "updatedAtMs",
      (select h.reason from incidents_history h where h.incident_id = k.id and h.reason <> ''
        and h.move in ('order:respond', 'close', 'reject', 'refuse-reopen') order by h.at desc, h.id desc limit 1) as answer
    from integrations_orders o join incidents_incidents i on i.id = o.incident_id
    join incidents_incidents k on k.id = incidents_root(i.id)
    where o.source_id = ${sourceId} and (k.updated_at, o.outer_number) > (${new Date(since.ms)}, ${since.outerNumber})
    order by k.updated_at, o.outer_number limit ${most + 1}`);
  const answers = rows.slice(0, most).map(({ sealed, ...row }) => ({ ...row, row: openRow(tx.rt, sealed) }));
  return { answers, more: rows.length > most };
}

const headings = {
  number: { zh: '受理编号', en: 'Number' },
  state: { zh: '办理状态', en: 'State' },
  closedAt: { zh: '办结时间', en: 'Closed' },
  answer: { zh: '答复', en: 'Answer' },
} as const;

/** Our columns, named so that none of theirs is hidden. */
export function answerHeadings(own: readonly string[], lang: 'zh' | 'en'): string[] {
  return Object.values(headings).map((heading) => (own.includes(heading[lang]) ? `${heading[lang]} *` : heading[lang]));
}

/** Their columns in the order of the newest row, then ours. */
export function answerTable(
  source: HotlineSource,
  answers: readonly Answer[],
  lang: 'zh' | 'en',
): { readonly columns: string[]; readonly rows: string[][] } {
  const own = [...new Set([source.mapping.number, ...answers.flatMap(({ row }) => Object.keys(row))])];
  const time = (ms: number | null): string => (ms === null ? '' : localTexts()(localTimeIn(source.mapping.zone)(ms)));
  return {
    columns: [...own, ...answerHeadings(own, lang)],
    rows: answers.map((one) => [
      ...own.map((name) => one.row[name] ?? ''),
      one.number,
      incidentStates[one.state][lang],
      time(one.closedAtMs),
      one.answer ?? '',
    ]),
  };
}
