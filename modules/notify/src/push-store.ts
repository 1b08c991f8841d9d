/** Browsers that are pushed to. */
import { AppError, newId } from '@wangge/contract-kit';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { ownAccount } from './preferences.ts';
import { isPushAddress } from './senders/http-out.ts';
import type { Subscription } from './senders/push.ts';

const purpose = 'notify-push';
type App = 'console' | 'field';
/** More than anybody has; one more puts out the oldest. */
const mostBrowsers = 10;

export interface Browser extends Subscription {
  readonly id: string;
  readonly app: App;
}

export async function subscribe(
  tx: Tx,
  input: Subscription & { readonly app: App },
  device: string,
): Promise<{ id: string }> {
  const account = ownAccount(tx);
  const { endpoint, p256dh, auth, app } = input;
  if (!isPushAddress(endpoint)) throw new AppError('invalid-field', { field: 'endpoint' });
  // A point of the curve and a secret: with anything else no message could be encrypted.
  if (Buffer.from(p256dh, 'base64url').length !== 65) throw new AppError('invalid-field', { field: 'p256dh' });
  if (Buffer.from(auth, 'base64url').length !== 16) throw new AppError('invalid-field', { field: 'auth' });
  const index = tx.rt.keys.blindIndex(purpose, endpoint);
  const sealed = tx.rt.keys.encrypt(purpose, JSON.stringify({ endpoint, p256dh, auth }));
  await tx.run(sql`select notify_push_moves(${index}, ${account})`);
  const { id } = await tx.one<{ id: string }>(sql`insert into notify_push (id, account_id, endpoint_index, sealed, app,
      device, created_at)
    values (${newId(tx.nowMs)}, ${account}, ${index}, ${sealed}, ${app}, ${device.slice(0, 300)}, ${new Date(tx.nowMs)})
    on conflict (account_id, endpoint_index) do update set sealed = excluded.sealed, app = excluded.app
    returning id`);
  await tx.run(sql`delete from notify_push where account_id = ${account} and id in (
    select id from notify_push where account_id = ${account} order by id desc offset ${mostBrowsers})`);
  return { id };
}

export async function unsubscribe(
  tx: Tx,
  which: { endpoint?: string | undefined; id?: string | undefined },
): Promise<{ ended: number }> {
  const index = which.endpoint === undefined ? null : tx.rt.keys.blindIndex(purpose, which.endpoint);
  const ended = await tx.run(sql`delete from notify_push where account_id = ${ownAccount(tx)}
    and (endpoint_index = ${index} or id = ${which.id ?? null}::uuid)`);
  return { ended };
}

export async function ownBrowsers(tx: Tx): Promise<{ id: string; app: App; device: string; createdAtMs: number }[]> {
  const rows = await tx.rows<{ id: string; app: App; device: string; created_at: Date }>(
    sql`select id, app, device, created_at from notify_push where account_id = ${ownAccount(tx)} order by id desc`,
  );
  return rows.map(({ created_at, ...row }) => ({ ...row, createdAtMs: created_at.getTime() }));
}

export async function subscriptionsOf(rt: Runtime, accountId: string | null): Promise<Browser[]> {
  const rows = await rt.system('notify', (tx) =>
    tx.rows<{ id: string; app: App; sealed: string }>(
      sql`select id, app, sealed from notify_push where account_id = ${accountId}`,
    ),
  );
  return rows.map(({ id, app, sealed }) => ({
    id,
    app,
    ...(JSON.parse(rt.keys.decrypt(purpose, sealed)) as Subscription),
  }));
}

/** The push service says that the browser is gone. */
export async function forgetPush(rt: Runtime, id: string): Promise<void> {
  await rt.system('notify', (tx) => tx.run(sql`delete from notify_push where id = ${id}`));
}
