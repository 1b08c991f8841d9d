/**
 * Chains audit rows within a second of their commit, and anchors the chain's head once a minute. Rows
 * are not chained as they are written, because a head that every transaction locks costs most of the
 * throughput. One sealer works at a time: it holds an advisory lock for as long as it is connected.
 */
import pg from 'pg';
import type { Runtime } from '../runtime.ts';
import { appendAnchor, readAnchors } from './anchors.ts';
import { algo, type AuditRecord, genesis, sealOf } from './chain.ts';
import { type AnchorSigner, loadChecker, loadSigner } from './signing-key.ts';

const lockKey = 0x7365616c; // "seal"
const batchRows = 2000;
/** How far behind the newest sealed row each look begins: transactions commit in any order. */
const lookBack = 1000;
/** How often all rows are looked at, for what committed later still. */
const fullLookMs = 3600_000;
const anchorEveryMs = 60_000;

export interface Sealer {
  /** Chains what is not chained yet; answers how many rows. */
  seal(): Promise<number>;
  /** Anchors the head if it moved: at once when `force`, else once a minute. */
  anchor(force?: boolean): Promise<boolean>;
  close(): Promise<void>;
}

/** Null where another sealer is at work. Connects as the owner: the application cannot write seals. */
export async function openSealer(rt: Runtime): Promise<Sealer | null> {
  const client = new pg.Client({ connectionString: rt.config.ownerUrl, application_name: 'wangge-sealer' });
  client.on('error', (error) => rt.log.warn({ err: error.message }, 'sealer: the database connection was lost'));
  await client.connect();
  try {
    const lock = await client.query<{ mine: boolean }>('select pg_try_advisory_lock($1) as mine', [lockKey]);
    if (lock.rows[0]?.mine !== true) {
      await client.end();
      return null;
    }
    return await workingSealer(rt, client, loadSigner(rt.config.dataDir));
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}

async function workingSealer(rt: Runtime, client: pg.Client, signer: AnchorSigner): Promise<Sealer> {
  const head = await headOf(client);
  const { anchors } = await readAnchors(rt.config.dataDir, loadChecker(rt.config.dataDir));
  let anchored = anchors.at(-1)?.position ?? 0;
  let anchoredAtMs = anchors.at(-1)?.atMs ?? 0;
  let lookedAtAllMs = Number.NEGATIVE_INFINITY;

  return {
    async seal() {
      let sealed = 0;
      const all = performance.now() - lookedAtAllMs > fullLookMs;
      for (;;) {
        const from = all ? 0 : Math.max(0, head.seq - lookBack);
        const rows = await unsealed(client, from);
        let { position, hash } = head;
        const seals = rows.map((row) => {
          position++;
          hash = sealOf(hash, position, row);
          return { position, seq: row.seq, hash: hash.toString('hex') };
        });
        if (seals.length > 0) {
          // The head moves only once the seals are in.
          await client.query(
            `insert into kernel_audit_seals (position, seq, hash, algo)
             select position, seq, decode(hash, 'hex'), $2
             from jsonb_to_recordset($1::jsonb) as s(position bigint, seq bigint, hash text)`,
            [JSON.stringify(seals), algo],
          );
          Object.assign(head, { position, hash, seq: Math.max(head.seq, ...seals.map((s) => s.seq)) });
          sealed += seals.length;
        }
        if (seals.length < batchRows) {
          if (all) lookedAtAllMs = performance.now();
          return sealed;
        }
      }
    },
    async anchor(force = false) {
      if (head.position === anchored) return false;
      if (!force && Date.now() - anchoredAtMs < anchorEveryMs) return false;
      const { atMs, position } = await appendAnchor(rt.config.dataDir, signer, head, Date.now());
      anchored = position;
      anchoredAtMs = atMs;
      return true;
    },
    close: () => client.end(),
  };
}

interface Head {
  position: number;
  hash: Buffer;
  /** Highest number that is sealed. */
  seq: number;
}

async function headOf(client: pg.Client): Promise<Head> {
  const result = await client.query<{ position: string; hash: Buffer; seq: string }>(
    `select position, hash, (select max(seq) from kernel_audit_seals) as seq
     from kernel_audit_seals order by position desc limit 1`,
  );
  const row = result.rows[0];
  return row
    ? { position: Number(row.position), hash: row.hash, seq: Number(row.seq) }
    : { position: 0, hash: genesis, seq: 0 };
}

async function unsealed(client: pg.Client, from: number): Promise<AuditRecord[]> {
  const result = await client.query<AuditRecord>(
    `select a.seq, to_char(a.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') as at, a.actor_kind, a.actor_id,
       a.actor_name, a.action, a.subject_kind, a.subject_id, a.purpose, a.address, a.details::text as details
     from kernel_audit a left join kernel_audit_seals s on s.seq = a.seq
     where a.seq > $1 and s.seq is null order by a.seq limit ${batchRows}`,
    [from],
  );
  // The driver gives bigint as text; the hash is over the number.
  return result.rows.map((row) => ({ ...row, seq: Number(row.seq) }));
}
