/** What telling people needs to know of them. */
import type { Lang } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { openPhone } from '../phones.ts';

export interface Contact {
  readonly lang: Lang;
  /** Masked number, null without one. */
  readonly phoneMask: string | null;
}

/** Of the enabled ones among these accounts. */
export async function contactsOf(tx: Tx, accountIds: readonly string[]): Promise<Map<string, Contact>> {
  const rows = await tx.rows<{ id: string; lang: Lang; phoneMask: string | null }>(
    sql`select id, lang, phone_mask as "phoneMask" from staff_contacts(${accountIds}::uuid[])`,
  );
  return new Map(rows.map(({ id, ...contact }) => [id, contact]));
}

/**
 * The number in full, for a machine that calls or writes to it. For somebody's eyes only where they are called for
 * help, with an entry in the audit trail.
 */
export async function phoneForSending(tx: Tx, accountId: string): Promise<string | null> {
  const row = await tx.maybe<{ sealed: string | null }>(
    sql`select staff_phone_sealed(c.id) as sealed from staff_contacts(${[accountId]}::uuid[]) as c`,
  );
  return openPhone(tx.rt.keys, row?.sealed ?? null);
}
