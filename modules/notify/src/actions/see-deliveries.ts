/** Deliveries and attempts as the administrator sees them. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { accountNames } from '@wangge/staff';
import type { Delivery, DeliveryState } from '../contract/deliveries.ts';
import type { DeliveryChannel } from '../contract/kinds.ts';

interface DeliveryRow {
  id: string;
  created_at: Date;
  channel: DeliveryChannel;
  template: string;
  target_mask: string | null;
  account_id: string | null;
  urgent: boolean;
  state: DeliveryState;
  next_at: Date;
  ended_at: Date | null;
  answer: string | null;
}
interface AttemptRow {
  delivery_id: string;
  n: number;
  begun_at: Date;
  ended_at: Date | null;
  ok: boolean | null;
  answer: string | null;
}

export async function deliveriesPage(
  tx: Tx,
  query: {
    cursor?: string | undefined;
    limit: number;
    channel?: DeliveryChannel | undefined;
    state?: DeliveryState | undefined;
    fromMs?: number | undefined;
    toMs?: number | undefined;
  },
): Promise<{ items: Delivery[]; nextCursor: string | null }> {
  const cursor = /^(\d{1,15})_([0-9a-f-]{36})$/.exec(query.cursor ?? '');
  const beforeAt = cursor ? new Date(Number(cursor[1])) : null;
  const beforeId = cursor?.[2] ?? null;
  const day = (ms: number | undefined): Date | null => (ms === undefined ? null : new Date(ms));
  const rows = await tx.rows<DeliveryRow>(sql`select id, created_at, channel, template, target_mask, account_id, urgent,
      state, next_at, ended_at, answer
    from notify_deliveries
    where (${query.channel ?? null}::text is null or channel = ${query.channel ?? null})
      and (${query.state ?? null}::text is null or state = ${query.state ?? null})
      and (${day(query.fromMs)}::timestamptz is null or created_at >= ${day(query.fromMs)})
      and (${day(query.toMs)}::timestamptz is null or created_at < ${day(query.toMs)})
      and (${beforeId}::uuid is null or (created_at, id) < (${beforeAt}::timestamptz, ${beforeId}::uuid))
    order by created_at desc, id desc limit ${query.limit + 1}`);
  const page = rows.slice(0, query.limit);
  const attempts = await attemptsOf(tx, page);
  const names = await accountNames(
    tx,
    page.flatMap((r) => (r.account_id === null ? [] : [r.account_id])),
  );
  const last = page.at(-1);
  return {
    items: page.map((row) => ({
      id: row.id,
      atMs: row.created_at.getTime(),
      channel: row.channel,
      template: row.template,
      target: row.target_mask,
      receiver: row.account_id === null ? null : (names.get(row.account_id) ?? null),
      urgent: row.urgent,
      state: row.state,
      nextAtMs: row.state === 'waiting' ? row.next_at.getTime() : null,
      endedAtMs: row.ended_at?.getTime() ?? null,
      answer: row.answer,
      attempts: attempts.get(row.id) ?? [],
    })),
    nextCursor: rows.length > query.limit && last ? `${last.created_at.getTime()}_${last.id}` : null,
  };
}

async function attemptsOf(tx: Tx, page: readonly DeliveryRow[]): Promise<Map<string, Delivery['attempts']>> {
  const rows = await tx.rows<AttemptRow>(sql`select delivery_id, n, begun_at, ended_at, ok, answer from notify_attempts
    where delivery_id = any(${page.map((r) => r.id)}::uuid[]) order by n desc`);
  const found = new Map<string, Delivery['attempts']>();
  for (const row of rows) {
    const list = found.get(row.delivery_id) ?? [];
    list.push({
      n: row.n,
      begunAtMs: row.begun_at.getTime(),
      endedAtMs: row.ended_at?.getTime() ?? null,
      ok: row.ok,
      answer: row.answer,
    });
    found.set(row.delivery_id, list);
  }
  return found;
}

interface Total {
  day: string;
  channel: DeliveryChannel;
  state: DeliveryState;
  count: number;
}
export function totals(tx: Tx, days: number): Promise<Total[]> {
  const { zone } = tx.rt.config;
  return tx.rows<Total>(sql`select to_char(created_at at time zone ${zone}, 'YYYY-MM-DD') as day, channel, state,
      count(*)::int as count
    from notify_deliveries
    where created_at >= (date_trunc('day', ${new Date(tx.nowMs)}::timestamptz at time zone ${zone})
      - make_interval(days => ${days - 1})) at time zone ${zone}
    group by 1, 2, 3 order by 1 desc, 2, 3`);
}

/** @throws AppError `guard-failed` when it did not fail */
export async function retry(tx: Tx, id: string): Promise<void> {
  const row = await tx.one<{ state: DeliveryState }>(
    sql`select state from notify_deliveries where id = ${id} for update`,
  );
  if (row.state !== 'failed') throw new AppError('guard-failed', { field: 'state' });
  const now = new Date(tx.nowMs);
  await tx.run(sql`update notify_deliveries set state = 'waiting', next_at = ${now}, ended_at = null, leased_until = null,
      give_up_at = ${new Date(tx.nowMs + 3_600_000)} where id = ${id}`);
  tx.audit({ action: 'notify.retry', subject: { kind: 'delivery', id } });
}
