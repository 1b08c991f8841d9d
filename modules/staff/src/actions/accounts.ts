/** Accounts: list, create, change, reveal. */
import { AppError, newId } from '@wangge/contract-kit';
import { empty, isUniqueViolation, sql, type Tx } from '@wangge/kernel';
import type { Account } from '../contract.ts';
import { tellStaffChanged } from '../events.ts';
import { hashPassword } from '../passwords.ts';
import { openPhone, sealPhone } from '../phones.ts';
import { pathsOf } from '../scope.ts';
import { endSessions } from '../sessions.ts';
import { accountById, accountsWhere } from '../store.ts';

export async function requireAccount(tx: Tx, id: string): Promise<Account> {
  const account = await accountById(tx, id);
  if (!account) throw new AppError('not-found', { field: 'id' });
  return account;
}

/** By login from the cursor on, as far as the caller's posts reach; an area means its whole subtree. */
export async function listAccountsPage(
  tx: Tx,
  query: {
    q?: string | undefined;
    areaId?: string | undefined;
    role?: string | undefined;
    cursor?: string | undefined;
    limit: number;
  },
  areaPath: string | null,
): Promise<{ items: Account[]; nextCursor: string | null }> {
  const pattern = `%${(query.q ?? '').replace(/[\\%_]/g, '\\$&')}%`;
  const inPost =
    query.areaId === undefined && query.role === undefined
      ? empty
      : sql`and exists (select 1 from staff_posts p where p.account_id = a.id
          and (${areaPath}::text is null or starts_with(p.area_path, ${areaPath}))
          and (${query.role ?? null}::text is null or p.role = ${query.role ?? null}))`;
  const reached = pathsOf(tx.actor, 'staff.read');
  const items = await accountsWhere(
    tx,
    sql`(${query.q ?? ''} = '' or a.login ilike ${pattern} or a.name ilike ${pattern}) and a.login > ${query.cursor ?? ''} ${inPost}
      and (${reached}::text[] is null or exists (select 1 from staff_posts p, unnest(${reached}::text[]) as r(path)
        where p.account_id = a.id and starts_with(p.area_path, r.path)))`,
    query.limit + 1,
  );
  const more = items.length > query.limit;
  const page = items.slice(0, query.limit);
  return { items: page, nextCursor: more ? (page.at(-1)?.login ?? null) : null };
}

export async function createAccountWith(
  tx: Tx,
  input: { login: string; name: string; phone: string | null; password: string | null; mustChange?: boolean },
): Promise<Account> {
  const id = newId();
  const phone = sealPhone(tx.rt.keys, input.phone);
  const passwordHash = input.password === null ? null : await hashPassword(input.password);
  try {
    await tx.run(sql`insert into staff_accounts (id, login, name, phone_sealed, phone_mask, password_hash, must_change_password)
      values (${id}, ${input.login.toLowerCase()}, ${input.name}, ${phone.sealed}, ${phone.mask}, ${passwordHash}, ${input.mustChange ?? true})`);
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('already-exists', { field: 'login' });
    throw error;
  }
  tx.audit({ action: 'staff.account-created', subject: { kind: 'account', id }, details: { login: input.login } });
  tellStaffChanged(tx, id);
  return requireAccount(tx, id);
}

export interface AccountChange {
  name?: string | undefined;
  phone?: string | null | undefined;
  enabled?: boolean | undefined;
  password?: string | undefined;
  resetSecondFactor?: true | undefined;
  endSessions?: true | undefined;
}

/** A new password given by somebody else must be changed at the next sign-in. */
export async function changeAccount(tx: Tx, id: string, change: AccountChange): Promise<Account> {
  await requireAccount(tx, id);
  if (id === tx.actor.id && change.enabled === false) throw new AppError('guard-failed', { field: 'enabled' });
  if (change.name !== undefined) await tx.run(sql`update staff_accounts set name = ${change.name} where id = ${id}`);
  if (change.phone !== undefined) {
    const phone = sealPhone(tx.rt.keys, change.phone);
    await tx.run(
      sql`update staff_accounts set phone_sealed = ${phone.sealed}, phone_mask = ${phone.mask} where id = ${id}`,
    );
  }
  if (change.enabled !== undefined)
    await tx.run(sql`update staff_accounts set enabled = ${change.enabled} where id = ${id}`);
  if (change.password !== undefined) {
    await tx.run(sql`update staff_accounts set password_hash = ${await hashPassword(change.password)}, must_change_password = true,
      failed_count = 0, locked_until = null where id = ${id}`);
  }
  if (change.resetSecondFactor) {
    await tx.run(sql`update staff_accounts set totp_on = false, totp_sealed = null, totp_step = 0 where id = ${id}`);
  }
  if (change.enabled === false || change.password !== undefined || change.resetSecondFactor || change.endSessions)
    await endSessions(tx, id);
  tx.audit({
    action: 'staff.account-changed',
    subject: { kind: 'account', id },
    details: { fields: Object.keys(change) },
  });
  tellStaffChanged(tx, id);
  return requireAccount(tx, id);
}

/** The telephone number in full; the purpose goes to the audit trail with it. */
export async function revealPhoneOf(tx: Tx, id: string, purpose: string): Promise<string | null> {
  const account = await requireAccount(tx, id);
  const reachable = account.posts.some((p) => tx.rt.can(tx.actor, 'staff.reveal-phone', { areaPath: p.areaPath }));
  if (!reachable) throw new AppError('forbidden', { details: { permission: 'staff.reveal-phone' } });
  const row = await tx.one<{ phone: string | null }>(sql`select staff_phone_sealed(${id}) as phone`);
  tx.audit({ action: 'staff.phone-revealed', subject: { kind: 'account', id }, purpose });
  return openPhone(tx.rt.keys, row.phone);
}
