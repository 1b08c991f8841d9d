/** Reads the whole chain again and says what does not fit: rows, seals, anchors. */
import type { z } from 'zod';
import type { auditVerdictSchema } from '../contract.ts';
import { sql } from '../db/sql.ts';
import type { Runtime } from '../runtime.ts';
import { type Anchor, readAnchors } from './anchors.ts';
import { algo, type AuditRecord, genesis, sealOf } from './chain.ts';
import { loadChecker } from './signing-key.ts';

export type AuditVerdict = z.infer<typeof auditVerdictSchema>;
type Finding = AuditVerdict['findings'][number];

const batchRows = 5000;
/** Beyond this many the rest is only counted. */
const maxFindings = 100;
/** The sealer anchors a moved head at once after a quiet minute: seals so much younger than the last anchor lost theirs. */
const anchorGraceMs = 120_000;
/** A seal so young may be on its way to its anchor just now. */
const underWayMs = 10_000;

type ChainRow = AuditRecord & {
  readonly pos: number;
  readonly hash: Buffer;
  readonly algo: string;
  readonly sealed_at: Date;
  readonly present: boolean;
};

/**
 * Alterations, gaps, a cut tail, bad signatures and missing anchors. `ok` only when there is none of
 * them; rows that wait for their seal are counted, and are no fault.
 *
 * @param nowMs the machine's time: seals and anchors carry real time, whatever clock the town runs on
 */
export async function verifyAudit(rt: Runtime, nowMs: number = Date.now()): Promise<AuditVerdict> {
  // Before the database, so that nothing sealed meanwhile looks as if it were missing.
  const { anchors, bad } = await readAnchors(rt.config.dataDir, loadChecker(rt.config.dataDir));
  const findings: Finding[] = bad.map(({ text }) => ({ kind: 'bad-signature', seq: null, text }));
  const walk = new ChainWalk(anchors, nowMs);
  let after = 0;
  for (;;) {
    const rows = await rt.system('kernel', (tx) =>
      tx.rows<ChainRow>(sql`select * from kernel_audit_chain(${after}, ${batchRows})`),
    );
    for (const row of rows) walk.take(row);
    after = rows.at(-1)?.pos ?? after;
    if (rows.length < batchRows) break;
  }
  findings.push(...walk.end());
  const counts = await rt.system('kernel', (tx) =>
    tx.one<{ total: number; unsealed: number }>(sql`select * from kernel_audit_counts()`),
  );
  const shown = findings.slice(0, maxFindings);
  if (findings.length > maxFindings) {
    const last = findings[maxFindings - 1];
    shown.push({ kind: last?.kind ?? 'altered', seq: null, text: `and ${findings.length - maxFindings} more` });
  }
  return {
    ok: findings.length === 0,
    rows: counts.total,
    sealedRows: counts.total - counts.unsealed,
    unsealedRows: counts.unsealed,
    findings: shown,
  };
}

class ChainWalk {
  readonly #anchors: readonly Anchor[];
  readonly #nowMs: number;
  readonly #findings: Finding[] = [];
  /** Rows that are gone, as long as nothing that is there comes after them. */
  #missing: ChainRow[] = [];
  /** Positions that anchors speak of, with the hash they swear to. */
  readonly #sworn: ReadonlyMap<number, Anchor>;
  #before: Buffer | null = genesis;
  #position = 0;
  #rewritten = false;
  #lateSeal: ChainRow | null = null;

  constructor(anchors: readonly Anchor[], nowMs: number) {
    this.#anchors = anchors;
    this.#nowMs = nowMs;
    this.#sworn = new Map(anchors.map((anchor) => [anchor.position, anchor]));
  }

  take(row: ChainRow): void {
    if (row.pos !== this.#position + 1) {
      const lost = row.pos - this.#position - 1;
      this.#find('gap', row.seq, `${lost} seals before position ${row.pos} (row ${row.seq}) are gone`);
      // Its predecessor's hash is unknown, so the chain is taken up again behind it.
      this.#before = null;
    }
    if (row.present) {
      this.#flushMissing();
      this.#checkHash(row);
    } else this.#missing.push(row);
    const anchor = this.#sworn.get(row.pos);
    // One report: every anchor after the first that disagrees does so too.
    if (anchor && anchor.hash !== row.hash.toString('hex') && !this.#rewritten) {
      this.#rewritten = true;
      const when = new Date(anchor.atMs).toISOString();
      this.#find('altered', row.seq, `the chain up to row ${row.seq} is not the one that was anchored at ${when}`);
    }
    this.#before = row.hash;
    this.#position = row.pos;
    this.#noteLateSeal(row);
  }

  end(): Finding[] {
    const first = this.#missing[0];
    if (first) this.#find('cut-tail', first.seq, `the last ${this.#missing.length} sealed rows are gone`);
    const last = this.#anchors.reduce<Anchor | null>((a, b) => (a === null || b.position > a.position ? b : a), null);
    if (last && last.position > this.#position) {
      const when = new Date(last.atMs).toISOString();
      this.#find(
        'cut-tail',
        null,
        `at ${when} there were ${last.position} sealed rows; the chain has ${this.#position}`,
      );
    }
    if (!last && this.#position > 0) {
      this.#find(
        'anchor-missing',
        null,
        `${this.#position} rows are sealed, but there is no anchor that can be trusted`,
      );
    } else if (this.#lateSeal) {
      const when = new Date(last?.atMs ?? 0).toISOString();
      this.#find('anchor-missing', this.#lateSeal.seq, `rows were sealed after ${when}, the time of the last anchor`);
    }
    return this.#findings;
  }

  #checkHash(row: ChainRow): void {
    if (row.algo !== algo) {
      this.#find('altered', row.seq, `row ${row.seq} is sealed with ${row.algo}, which is unknown here`);
    } else if (this.#before !== null && !sealOf(this.#before, row.pos, row).equals(row.hash)) {
      this.#find('altered', row.seq, `row ${row.seq} (${row.action}, ${row.at}) does not fit its seal`);
    }
  }

  #flushMissing(): void {
    for (const { seq } of this.#missing) this.#find('gap', seq, `row ${seq} was sealed and is gone`);
    this.#missing = [];
  }

  #noteLateSeal(row: ChainRow): void {
    const lastAnchor = this.#anchors.at(-1);
    const sealedMs = row.sealed_at.getTime();
    if (!lastAnchor || row.pos <= lastAnchor.position || sealedMs > this.#nowMs - underWayMs) return;
    if (sealedMs > lastAnchor.atMs + anchorGraceMs) this.#lateSeal ??= row;
  }

  #find(kind: Finding['kind'], seq: number | null, text: string): void {
    this.#findings.push({ kind, seq, text });
  }
}
