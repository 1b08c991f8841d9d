/** What concerns the signed-in person alone. */
import { AppError, secondFactorRoles } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { sql, type Tx } from '@wangge/kernel';
import type { Me } from '../contract.ts';
import { tellStaffChanged } from '../events.ts';
import { checkPassword, hashPassword } from '../passwords.ts';
import { acceptCode, newSecret, secretUri } from '../second-factor.ts';
import { endSessions } from '../sessions.ts';
import { requireAccount } from './accounts.ts';
import { isOnDuty } from './duty.ts';

function ownId(tx: Tx): string {
  if (tx.actor.id === null) throw new AppError('unauthenticated');
  return tx.actor.id;
}

export async function readMe(tx: Tx, lang: 'zh' | 'en'): Promise<Me> {
  const account = await requireAccount(tx, ownId(tx));
  const flags = await tx.one<{ must_change_password: boolean; lang: 'zh' | 'en' }>(
    sql`select must_change_password, lang from staff_accounts where id = ${account.id}`,
  );
  const root =
    areaIndex(tx.rt)
      .all()
      .find((a) => a.level === 'town') ?? areaIndex(tx.rt).root();
  return {
    account,
    permissions: tx.rt.permissionsOf(tx.actor),
    mustChangePassword: flags.must_change_password,
    mustEnrolSecondFactor:
      !tx.rt.config.demo && !account.secondFactor && account.posts.some((p) => secondFactorRoles.includes(p.role)),
    onDuty: await isOnDuty(tx, account.id),
    lang,
    messageLang: flags.lang,
    town: { name: root?.name ?? 'Wangge 网格', demo: tx.rt.config.demo, center: root?.center ?? null },
    serverTimeMs: tx.nowMs,
  };
}

export async function setOwnLanguage(tx: Tx, lang: 'zh' | 'en'): Promise<{ lang: 'zh' | 'en' }> {
  const changed = await tx.run(
    sql`update staff_accounts set lang = ${lang} where id = ${ownId(tx)} and lang <> ${lang}`,
  );
  if (changed > 0) tellStaffChanged(tx, ownId(tx));
  return { lang };
}

export async function changeOwnPassword(tx: Tx, current: string, next: string): Promise<void> {
  const id = ownId(tx);
  const row = await tx.one<{ login: string }>(sql`select login from staff_accounts where id = ${id}`);
  const stored = await tx.one<{ password_hash: string | null }>(
    sql`select password_hash from staff_credentials(${row.login})`,
  );
  if (!(await checkPassword(stored.password_hash, current)))
    throw new AppError('wrong-credentials', { field: 'current' });
  if (next === current) throw new AppError('invalid-field', { field: 'next' });
  await tx.run(
    sql`update staff_accounts set password_hash = ${await hashPassword(next)}, must_change_password = false where id = ${id}`,
  );
  await endSessions(tx, id, tx.actor.sessionId ?? null);
  tx.audit({ action: 'staff.password-changed', subject: { kind: 'account', id } });
  tellStaffChanged(tx, id);
}

/** Without a code: a fresh secret, not yet in force. With a right code: in force from now on. */
export async function enrolSecondFactorWith(
  tx: Tx,
  totp: string | undefined,
): Promise<{ enabled: boolean; uri: string | null }> {
  const id = ownId(tx);
  const { login } = await tx.one<{ login: string }>(sql`select login from staff_accounts where id = ${id}`);
  const { totp_sealed, totp_on } = await tx.one<{ totp_sealed: string | null; totp_on: boolean }>(
    sql`select totp_sealed, totp_on from staff_credentials(${login})`,
  );
  if (totp_on) throw new AppError('already-exists', { field: 'totp' });
  if (totp === undefined) {
    const secret = newSecret();
    await tx.run(sql`update staff_accounts set totp_sealed = ${tx.rt.keys.encrypt('totp', secret)} where id = ${id}`);
    return { enabled: false, uri: secretUri(secret, login) };
  }
  if (totp_sealed === null) throw new AppError('guard-failed', { field: 'totp' });
  const step = acceptCode(tx.rt.keys.decrypt('totp', totp_sealed), totp, tx.nowMs, 0);
  if (step === null) throw new AppError('wrong-second-factor', { field: 'totp' });
  await tx.run(sql`update staff_accounts set totp_on = true, totp_step = ${step} where id = ${id}`);
  tx.audit({ action: 'staff.second-factor-on', subject: { kind: 'account', id } });
  tellStaffChanged(tx, id);
  return { enabled: true, uri: null };
}

interface SessionRow {
  id: string;
  created_at: Date;
  last_seen_at: Date;
  user_agent: string;
  address: string;
}
export async function ownSessions(
  tx: Tx,
): Promise<
  { id: string; current: boolean; createdAtMs: number; lastSeenMs: number; userAgent: string; address: string }[]
> {
  const rows =
    await tx.rows<SessionRow>(sql`select id, created_at, last_seen_at, user_agent, address from staff_sessions
    where account_id = ${ownId(tx)} and ended_at is null and last_seen_at > ${new Date(tx.nowMs)}::timestamptz - make_interval(mins => idle_minutes)
    order by last_seen_at desc limit 100`);
  return rows.map((r) => ({
    id: r.id,
    current: r.id === tx.actor.sessionId,
    createdAtMs: r.created_at.getTime(),
    lastSeenMs: r.last_seen_at.getTime(),
    userAgent: r.user_agent,
    address: r.address,
  }));
}
export async function revokeOwnSession(tx: Tx, sessionId: string): Promise<void> {
  const ended = await tx.run(sql`update staff_sessions set ended_at = ${new Date(tx.nowMs)}
    where id = ${sessionId} and account_id = ${ownId(tx)} and ended_at is null`);
  if (ended === 0) throw new AppError('not-found');
  tx.audit({ action: 'staff.session-revoked', subject: { kind: 'session', id: sessionId } });
  tellStaffChanged(tx, ownId(tx));
}
