/** Signing in and out. */
import { AppError, type Role } from '@wangge/contract-kit';
import { type Actor, type Runtime, sql, systemActor, type Tx } from '@wangge/kernel';
import { checkPassword, lockMs, maxFailures } from '../passwords.ts';
import { tellStaffChanged } from '../events.ts';
import { acceptCode } from '../second-factor.ts';
import { openSession } from '../sessions.ts';

interface Credentials {
  id: string;
  name: string;
  password_hash: string | null;
  totp_sealed: string | null;
  totp_on: boolean;
  totp_step: number;
  enabled: boolean;
  failed_count: number;
  locked_until: Date | null;
}

type Verdict = { ok: true; step: number | null } | { ok: false; error: AppError; counts: boolean };

async function judge(
  rt: Runtime,
  found: Credentials | undefined,
  password: string,
  totp: string | undefined,
): Promise<Verdict> {
  const nowMs = rt.clock.nowMs();
  if (found?.locked_until && found.locked_until.getTime() > nowMs) {
    const retryAfterS = Math.ceil((found.locked_until.getTime() - nowMs) / 1000);
    return { ok: false, counts: false, error: new AppError('locked-out', { details: { retryAfterS } }) };
  }
  const right = await checkPassword(found?.password_hash ?? null, password);
  if (!right || !found?.enabled) return { ok: false, counts: true, error: new AppError('wrong-credentials') };
  if (!found.totp_on || found.totp_sealed === null) return { ok: true, step: null };
  if (totp === undefined)
    return { ok: false, counts: false, error: new AppError('second-factor-required', { field: 'totp' }) };
  const step = acceptCode(rt.keys.decrypt('totp', found.totp_sealed), totp, nowMs, found.totp_step);
  if (step === null) return { ok: false, counts: true, error: new AppError('wrong-second-factor', { field: 'totp' }) };
  return { ok: true, step };
}

/** Counts a failure and locks at the fifth; committed although the caller will throw. */
async function countFailure(tx: Tx, found: Credentials | undefined, login: string): Promise<void> {
  tx.audit({
    action: 'staff.log-in-failed',
    details: { login },
    ...(found ? { subject: { kind: 'account', id: found.id } } : {}),
  });
  if (!found) return;
  await tx.run(sql`update staff_accounts set
      failed_count = case when failed_count + 1 >= ${maxFailures} then 0 else failed_count + 1 end,
      locked_until = case when failed_count + 1 >= ${maxFailures} then ${new Date(tx.nowMs + lockMs)}::timestamptz else locked_until end
    where id = ${found.id}`);
}

/**
 * Opens a session.
 * @throws AppError wrong-credentials, locked-out, second-factor-required, wrong-second-factor
 */
export async function logInWith(
  rt: Runtime,
  input: { login: string; password: string; totp?: string | undefined },
  from: { userAgent: string; address: string },
): Promise<{ token: string; actor: Actor }> {
  const login = input.login.toLowerCase();
  const actor: Actor = { ...systemActor('staff'), address: from.address };
  const outcome = await rt.tx(actor, async (tx) => {
    const found = await tx.maybe<Credentials>(sql`select * from staff_credentials(${login})`);
    const verdict = await judge(rt, found, input.password, input.totp);
    if (!verdict.ok) {
      if (verdict.counts) await countFailure(tx, found, login);
      return verdict.error;
    }
    if (!found) throw new Error('a verdict without an account');
    await tx.run(sql`update staff_accounts set failed_count = 0, locked_until = null, last_seen_at = ${new Date(tx.nowMs)},
      totp_step = coalesce(${verdict.step}::bigint, totp_step) where id = ${found.id}`);
    const roles = await tx.rows<{ role: Role }>(sql`select role from staff_posts where account_id = ${found.id}`);
    const session = await openSession(
      tx,
      found.id,
      roles.map((r) => r.role),
      from,
    );
    tx.audit({
      action: 'staff.log-in',
      subject: { kind: 'account', id: found.id },
      by: { kind: 'account', id: found.id, name: found.name },
    });
    return { token: session.token };
  });
  if (outcome instanceof AppError) throw outcome;
  const signedIn = await rt.registry.authenticate(rt, { wangge_session: outcome.token }, from.address);
  if (!signedIn) throw new AppError('unauthenticated');
  return { token: outcome.token, actor: signedIn };
}

export async function logOutOf(tx: Tx): Promise<void> {
  if (tx.actor.sessionId === undefined) return;
  await tx.run(sql`update staff_sessions set ended_at = ${new Date(tx.nowMs)} where id = ${tx.actor.sessionId}`);
  tx.audit({ action: 'staff.log-out' });
  tellStaffChanged(tx, tx.actor.id);
}
