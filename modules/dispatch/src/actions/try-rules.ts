/** What a list of rules would have done with the past. Reads only. */
import { categoriesOf, summaryOf } from '@wangge/incidents';
import type { IncidentSource } from '@wangge/incidents/contract';
import { sql, type Tx } from '@wangge/kernel';
import { accountNames, departmentsById } from '@wangge/staff';
import type { Rule, Trial } from '../contract.ts';
import { compare, type Parties } from '../ruling/compare.ts';
import { decidingRule } from '../ruling/match-rule.ts';
import { reportFacts } from '../ruling/report-facts.ts';
import { makeReady } from '../ruling/rule-book.ts';
import { personsIn, warningsFor } from './edit-rules.ts';

const dayMs = 86_400_000;
const backDays = 90;
/** A town of half a million has some 20,000 in this time; more say nothing more. */
const mostLooked = 20_000;
const batch = 2_000;
const mostListed = 100;
const mostCounts = 30;

interface Row {
  readonly id: string;
  readonly number: string;
  readonly source: IncidentSource;
  readonly categoryCode: string;
  readonly path: string;
  readonly description: string;
  readonly at: Date;
  readonly parties: Parties;
}

async function* pastIncidents(tx: Tx, sinceMs: number): AsyncGenerator<Row[]> {
  let before = { at: new Date(8.64e15), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
  for (let read = 0; read < mostLooked;) {
    const size = Math.min(batch, mostLooked - read);
    const rows: Row[] = await tx.rows<Row>(sql`
      select id, number, source, category_code as "categoryCode", path, description, reported_at as at, parties
      from dispatch_try_rows(${new Date(sinceMs)}, ${before.at}, ${before.id}::uuid, ${size})`);
    if (rows.length > 0) yield rows;
    const last = rows.at(-1);
    if (!last || rows.length < size) return;
    before = { at: last.at, id: last.id };
    read += rows.length;
  }
}

/** Only incidents of the caller's areas: names and titles are theirs to see anyway. */
export async function tryRuleList(tx: Tx, rules: readonly Rule[]): Promise<Trial> {
  tx.rt.authorise(tx.actor, 'dispatch.edit-rules');
  const ready = makeReady(tx.rt, rules);
  const book = await categoriesOf(tx);
  const names = new Map([
    ...[...(await departmentsById(tx)).values()].map((d) => [d.id, d.name] as const),
    ...(await accountNames(tx, personsIn(rules))),
  ]);
  const fromMs = tx.nowMs - backDays * dayMs;
  const decided = new Map(rules.map((r) => [r.id, { ruleId: r.id, n: 0, elsewhere: 0 }]));
  const counts = new Map<string, Trial['counts'][number]>();
  const items: Trial['items'] = [];
  let looked = 0;
  let elsewhere = 0;
  for await (const rows of pastIncidents(tx, fromMs)) {
    looked += rows.length;
    for (const row of rows) {
      const rule = decidingRule(ready, reportFacts(book, { ...row, reportedMs: row.at.getTime() }));
      const tally = rule && decided.get(rule.id);
      if (!rule || !tally) continue;
      tally.n++;
      if (rule.parties.length === 0) continue;
      const { differs, from, to } = compare(rule.parties, row.parties, (id) => names.get(id) ?? '');
      if (!differs) continue;
      tally.elsewhere++;
      elsewhere++;
      count(counts, from, to);
      if (items.length < mostListed) {
        const title = summaryOf(row.description, 40);
        const facts = { incidentId: row.id, number: row.number, title, reportedAtMs: row.at.getTime() };
        items.push({ ...facts, ruleId: rule.id, from, to });
      }
    }
  }
  return {
    fromMs,
    looked,
    capped: looked >= mostLooked,
    decided: [...decided.values()],
    elsewhere,
    counts: [...counts.values()].toSorted((a, b) => b.n - a.n).slice(0, mostCounts),
    items,
    warnings: await warningsFor(tx, rules),
  };
}

function count(counts: Map<string, Trial['counts'][number]>, from: readonly string[], to: readonly string[]): void {
  const pair = { from: [...from], to: [...to] };
  const key = JSON.stringify(pair);
  const known = counts.get(key);
  counts.set(key, { ...pair, n: (known?.n ?? 0) + 1 });
}
