/** The rules in force, in memory: dropped when somebody saves, here or in another process. */
import { areaIndex } from '@wangge/areas';
import { asPlatform } from '@wangge/incidents';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { type Rule, ruleSchema, rulesChanged } from '../contract.ts';
import { type ReadyRule, readyRules } from './match-rule.ts';

export interface RuleBook {
  readonly version: number;
  readonly rules: readonly Rule[];
  readonly savedBy: string | null;
  readonly savedAtMs: number | null;
}
interface Held {
  readonly book: RuleBook;
  readonly checkedMs: number;
  /** Made ready under this version of the areas. */
  readonly areas: string | null;
  readonly ready: readonly ReadyRule[];
}
const held = new WeakMap<Runtime, Held>();
/** A process that hears no live events asks again after so long. */
const trustMs = 5_000;

const nothing: RuleBook = { version: 0, rules: [], savedBy: null, savedAtMs: null };

/** As the database has it now. */
export async function loadRules(tx: Tx): Promise<RuleBook> {
  const row = await tx.maybe<{ version: number; rules: unknown[]; name: string; at: Date }>(sql`
    select version, rules, saved_by_name as name, saved_at as at from dispatch_rule_books order by version desc limit 1`);
  if (!row) return nothing;
  // A rule that a later release understands differently is left out rather than stopping every report.
  const rules = row.rules.flatMap((raw) => {
    const read = ruleSchema.safeParse(raw);
    if (!read.success) tx.rt.log.error({ version: row.version }, 'a dispatch rule cannot be read and is left out');
    return read.success ? [read.data] : [];
  });
  return { version: row.version, rules, savedBy: row.name, savedAtMs: row.at.getTime() };
}

export function makeReady(rt: Runtime, rules: readonly Rule[]): ReadyRule[] {
  const index = areaIndex(rt);
  return readyRules(rules, (id) => index.get(id)?.path);
}

/** Rules that can decide, in their order; from memory. Asked as the platform: everybody's report goes by them. */
export async function rulesInForce(tx: Tx): Promise<readonly ReadyRule[]> {
  const { rt } = tx;
  const areas = areaIndex(rt).versionId;
  const known = held.get(rt);
  const nowMs = performance.now();
  if (known && known.areas === areas && nowMs - known.checkedMs < trustMs) return known.ready;
  const book = await asPlatform(tx, () => loadRules(tx));
  const ready = makeReady(rt, book.rules).filter((r) => r.enabled);
  held.set(rt, { book, areas, ready, checkedMs: nowMs });
  return ready;
}

export function forgetRules(rt: Runtime): void {
  held.delete(rt);
}

/** Drops what is in memory as soon as another process says that it saved. */
export function followRules(rt: Runtime): () => Promise<void> {
  const stop = rt.live.subscribe((events) => {
    if (events.some((e) => e.type === rulesChanged.type)) forgetRules(rt);
  });
  return () => {
    stop();
    return Promise.resolve();
  };
}
