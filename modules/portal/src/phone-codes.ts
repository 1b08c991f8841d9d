/** One-time codes by text message: made, limited, checked. */
import { randomInt } from 'node:crypto';
import { newId } from '@wangge/contract-kit';
import type { Lang } from '@wangge/contract-kit';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { tell } from '@wangge/notify';
import { codeLifeMs, codeTries, type CodeDecision, decideCode } from './rules.ts';

/** Equal numbers give equal texts; nobody reads the number back out of one. */
export function phoneIndexOf(rt: Runtime, phone: string): string {
  return rt.keys.blindIndex('portal-phone', phone);
}

/** Sends a code unless the limits forbid it. Two requests at once send one. */
export async function sendCode(tx: Tx, phone: string, address: string, lang: Lang): Promise<CodeDecision> {
  const phoneIndex = phoneIndexOf(tx.rt, phone);
  const addressIndex = tx.rt.keys.blindIndex('portal-address', address);
  await tx.run(sql`select pg_advisory_xact_lock(hashtext('portal-code'), hashtext(${phoneIndex}))`);
  const at = (agoMs: number): Date => new Date(tx.nowMs - agoMs);
  const before = await tx.one<{ last: Date | null; day: number; hour: number }>(sql`
    select (select max(created_at) from portal_phone_codes where phone_index = ${phoneIndex}) as last,
      (select count(*) from portal_phone_codes
        where phone_index = ${phoneIndex} and created_at > ${at(24 * 3600_000)}) as day,
      (select count(*) from portal_phone_codes
        where address_index = ${addressIndex} and created_at > ${at(3600_000)}) as hour`);
  const decision = decideCode({
    sinceLastMs: before.last === null ? null : tx.nowMs - before.last.getTime(),
    phoneLastDay: before.day,
    addressLastHour: before.hour,
  });
  if (decision.kind !== 'send') return decision;
  const id = newId(tx.nowMs);
  const code = String(randomInt(1_000_000)).padStart(6, '0');
  await tx.run(sql`
    insert into portal_phone_codes (id, phone_index, address_index, code_mac, created_at, expires_at)
    values (${id}, ${phoneIndex}, ${addressIndex}, ${tx.rt.keys.sign('portal-code', id, code)}, ${at(0)},
      ${at(-codeLifeMs)})`);
  await tell(tx, { to: { kind: 'phone', phone }, template: 'resident.code', params: { code }, lang });
  return decision;
}

export type CodeVerdict =
  | { readonly kind: 'right' }
  | { readonly kind: 'wrong'; readonly left: number }
  /** Expired, used for something else, tried too often, or never sent. */
  | { readonly kind: 'gone' };

/**
 * Checks the newest code of a phone; asking for another one voids those before. It never throws for a
 * wrong code, so that the try is counted when the caller's transaction commits.
 *
 * @param useKey of the form that is confirmed: the same form sent twice is right twice
 */
export async function spendCode(tx: Tx, phone: string, code: string, useKey: string): Promise<CodeVerdict> {
  const row = await tx.maybe<{
    id: string;
    mac: string;
    tries: number;
    expires: Date;
    used: boolean;
    usedFor: string | null;
  }>(sql`
    select id, code_mac as mac, tries, expires_at as expires, used_at is not null as used, used_for as "usedFor"
    from portal_phone_codes where phone_index = ${phoneIndexOf(tx.rt, phone)}
    order by created_at desc, id desc limit 1 for update`);
  if (!row || row.expires.getTime() <= tx.nowMs || row.tries >= codeTries) return { kind: 'gone' };
  if (row.used && row.usedFor !== useKey) return { kind: 'gone' };
  if (tx.rt.keys.verify(row.mac, 'portal-code', row.id, code)) {
    await tx.run(sql`
      update portal_phone_codes set used_at = coalesce(used_at, ${new Date(tx.nowMs)}), used_for = ${useKey}
      where id = ${row.id}`);
    return { kind: 'right' };
  }
  await tx.run(sql`update portal_phone_codes set tries = tries + 1 where id = ${row.id}`);
  const left = codeTries - row.tries - 1;
  return left > 0 ? { kind: 'wrong', left } : { kind: 'gone' };
}

/** Codes older than the longest limit say nothing any more. */
export async function forgetCodes(rt: Runtime): Promise<void> {
  await rt.system('portal', (tx) =>
    tx.run(sql`delete from portal_phone_codes where created_at < ${new Date(tx.nowMs - 2 * 24 * 3600_000)}`),
  );
}
