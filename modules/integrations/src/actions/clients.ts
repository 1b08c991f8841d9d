/** Clients that may send requests: made, listed and revoked by the system administrator. */
import { createHash, randomBytes } from 'node:crypto';
import { newId } from '@wangge/contract-kit';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import type { ApiClient } from '../contract.ts';

interface ClientRow {
  readonly id: string;
  readonly name: string;
  readonly keyPrefix: string;
  readonly createdAt: Date;
  readonly lastUsedAt: Date | null;
  readonly revokedAt: Date | null;
}
const columns = sql`id, name, key_prefix as "keyPrefix", created_at as "createdAt", last_used_at as "lastUsedAt",
  revoked_at as "revokedAt"`;

function clientOf(row: ClientRow): ApiClient {
  return {
    id: row.id,
    name: row.name,
    keyPrefix: row.keyPrefix,
    createdAtMs: row.createdAt.getTime(),
    lastUsedAtMs: row.lastUsedAt?.getTime() ?? null,
    revokedAtMs: row.revokedAt?.getTime() ?? null,
  };
}
function hashKey(apiKey: string): Buffer {
  return createHash('sha256').update(apiKey).digest();
}

/** Newest first. */
export async function listClients(tx: Tx): Promise<{ clients: ApiClient[] }> {
  const rows = await tx.rows<ClientRow>(
    sql`select ${columns} from integrations_clients order by created_at desc, id desc`,
  );
  return { clients: rows.map(clientOf) };
}

/** The answer is the only place where the key ever stands in the clear. */
export async function createClient(tx: Tx, name: string): Promise<{ client: ApiClient; apiKey: string }> {
  const apiKey = `wg_${randomBytes(32).toString('base64url')}`;
  const row = await tx.one<ClientRow>(sql`
    insert into integrations_clients (id, name, key_hash, key_prefix, created_at, created_by)
    values (${newId(tx.nowMs)}, ${name}, ${hashKey(apiKey)}, ${apiKey.slice(0, 9)}, ${new Date(tx.nowMs)}, ${tx.actor.id})
    returning ${columns}`);
  tx.audit({ action: 'integrations.create-client', subject: { kind: 'api-client', id: row.id }, details: { name } });
  return { client: clientOf(row), apiKey };
}

/** @throws AppError `not-found` */
export async function revokeClient(tx: Tx, id: string): Promise<ApiClient> {
  const changed = await tx.run(
    sql`update integrations_clients set revoked_at = ${new Date(tx.nowMs)} where id = ${id} and revoked_at is null`,
  );
  const row = await tx.one<ClientRow>(sql`select ${columns} from integrations_clients where id = ${id}`);
  if (changed > 0) tx.audit({ action: 'integrations.revoke-client', subject: { kind: 'api-client', id } });
  return clientOf(row);
}

/** Who holds this key; null for none, and for one that was revoked. */
export async function clientByKey(rt: Runtime, apiKey: string): Promise<{ id: string; name: string } | null> {
  if (!/^wg_[\w-]{43}$/.test(apiKey)) return null;
  return rt.system('integrations', async (tx) => {
    const client = await tx.maybe<{ id: string; name: string }>(
      sql`select id, name from integrations_clients where key_hash = ${hashKey(apiKey)} and revoked_at is null`,
    );
    if (!client) return null;
    await tx.run(sql`
      update integrations_clients set last_used_at = ${new Date(tx.nowMs)}
      where id = ${client.id} and (last_used_at is null or last_used_at < ${new Date(tx.nowMs - 3600_000)})`);
    return client;
  });
}
