/** How one row of the audit trail hangs on the one before it. */
import { createHash } from 'node:crypto';

/** A row as it is hashed: every column, the time with its microseconds, details as PostgreSQL writes them. */
export interface AuditRecord {
  readonly seq: number;
  /** ISO 8601 in UTC, six digits after the second. */
  readonly at: string;
  readonly actor_kind: string;
  readonly actor_id: string | null;
  readonly actor_name: string;
  readonly action: string;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly purpose: string | null;
  readonly address: string | null;
  readonly details: string | null;
}

/** Named in every seal, so that a later one (SM3) can follow without making the old ones wrong. */
export const algo = 'sha-256';
/** What the first row hangs on. */
export const genesis: Buffer = Buffer.alloc(32);

/** SHA-256 over the hash before, the place in the chain, and the row as a JSON array in this order. */
export function sealOf(before: Buffer, position: number, row: AuditRecord): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(BigInt(position));
  const text = JSON.stringify([
    row.seq,
    row.at,
    row.actor_kind,
    row.actor_id,
    row.actor_name,
    row.action,
    row.subject_kind,
    row.subject_id,
    row.purpose,
    row.address,
    row.details,
  ]);
  return createHash('sha256').update(before).update(place).update(text).digest();
}
