/** Sessions: a random token in a cookie, its hash in the database, ended by idling, by hand, or with the account. */
import { createHash, randomBytes } from 'node:crypto';
import { newId, type Role, secondFactorRoles } from '@wangge/contract-kit';
import { type Actor, type ActorPost, type Runtime, sql, type Tx } from '@wangge/kernel';

export const sessionCookie = 'wangge_session';

/** Those who administer or watch are logged out after half an hour (等保 2.0), people in the field after 12 hours. */
export function idleMinutesFor(roles: readonly Role[]): number {
  return roles.some((role) => secondFactorRoles.includes(role)) ? 30 : 12 * 60;
}
function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}

export async function openSession(
  tx: Tx,
  accountId: string,
  roles: readonly Role[],
  from: { userAgent: string; address: string },
): Promise<{ id: string; token: string }> {
  const token = randomBytes(32).toString('base64url');
  const id = newId();
  const now = new Date(tx.nowMs);
  await tx.run(sql`insert into staff_sessions (id, token_hash, account_id, created_at, last_seen_at, idle_minutes, user_agent, address)
    values (${id}, ${hashToken(token)}, ${accountId}, ${now}, ${now}, ${idleMinutesFor(roles)}, ${from.userAgent.slice(0, 200)}, ${from.address})`);
  return { id, token };
}

interface SessionRow {
  session_id: string;
  account_id: string;
  name: string;
  totp_on: boolean;
  must_change_password: boolean;
  last_seen_at: Date;
  posts: ActorPost[];
}
interface Cached {
  readonly actor: Actor | null;
  readonly untilMs: number;
}

/** Asked for at every request, so kept for some seconds; any change of staff empties it at once. */
const cacheMs = 10_000;
const seenEveryMs = 60_000;
const maxCached = 20_000;

/** The running platform's memory of sessions. */
export class SessionCache {
  readonly #rt: Runtime;
  readonly #known = new Map<string, Cached>();
  readonly #stop: () => void;
  constructor(rt: Runtime) {
    this.#rt = rt;
    this.#stop = rt.live.subscribe((events) => {
      if (events.some((e) => e.type === 'staff.changed' || e.type === 'areas.changed')) this.#known.clear();
    });
  }
  clear(): void {
    this.#known.clear();
  }
  close(): void {
    this.#stop();
  }
  /**
   * The actor behind a cookie's token, or null.
   *
   * @param passive an open stream asks, which must not keep an idle session alive
   */
  async find(token: string, address: string, passive = false): Promise<Actor | null> {
    const nowMs = this.#rt.clock.nowMs();
    const known = this.#known.get(token);
    if (known && known.untilMs > Date.now()) return known.actor;
    const result = await this.#rt.pool.query<SessionRow>({
      name: 'staff-session',
      text: 'select * from staff_session($1, $2)',
      values: [hashToken(token), new Date(nowMs)],
    });
    const row = result.rows[0];
    const actor = row ? actorOf(row, this.#rt.config.demo, address) : null;
    if (this.#known.size > maxCached) this.#known.clear();
    // A wrong token is not remembered: guesses must not fill the memory.
    if (actor) this.#known.set(token, { actor, untilMs: Date.now() + cacheMs });
    if (row && !passive && nowMs - row.last_seen_at.getTime() > seenEveryMs) await this.#seen(row, nowMs);
    return actor;
  }
  async #seen(row: SessionRow, nowMs: number): Promise<void> {
    await this.#rt.system('staff', async (tx) => {
      await tx.run(sql`update staff_sessions set last_seen_at = ${new Date(nowMs)} where id = ${row.session_id}`);
      await tx.run(sql`update staff_accounts set last_seen_at = ${new Date(nowMs)} where id = ${row.account_id}`);
    });
  }
}

/** Posts count only once the person has done what the rules ask: an own password, and a second factor where required. */
function actorOf(row: SessionRow, demo: boolean, address: string): Actor {
  const mustEnrol = !demo && !row.totp_on && row.posts.some((p) => secondFactorRoles.includes(p.role));
  const posts = mustEnrol || row.must_change_password ? [] : row.posts;
  return { kind: 'account', id: row.account_id, name: row.name, posts, sessionId: row.session_id, address };
}

/** Ends sessions of an account, all or all but one. */
export async function endSessions(tx: Tx, accountId: string, exceptId: string | null = null): Promise<number> {
  return tx.run(sql`update staff_sessions set ended_at = ${new Date(tx.nowMs)}
    where account_id = ${accountId} and ended_at is null and id is distinct from ${exceptId}::uuid`);
}
