/** Taking deliveries that are due, so that of any number of processes one sends each. */
import type { Lang } from '@wangge/contract-kit';
import { type Runtime, sql } from '@wangge/kernel';
import type { DeliveryChannel } from './contract/kinds.ts';
import type { TemplateName } from './templates.ts';

export interface Claimed {
  readonly id: string;
  /** Number of this attempt; whoever comes too late finds another one in the table. */
  readonly attempts: number;
  readonly channel: DeliveryChannel;
  readonly channel_id: string | null;
  readonly account_id: string | null;
  readonly message_id: string;
  readonly template: TemplateName;
  readonly target_sealed: string | null;
  readonly urgent: boolean;
  readonly fallback: readonly DeliveryChannel[];
  readonly give_up_at: Date;
  readonly text_sealed: string;
  readonly lang: Lang;
  readonly subject_kind: string | null;
  readonly subject_id: string | null;
  readonly read: boolean;
}

/** Longer than any attempt can take. */
const leaseMs = 120_000;

/**
 * Due ones, emergencies first, each with an attempt begun. One that a process left in the middle is taken again
 * when its lease is over: nobody knows whether it went out, so it goes out again under the same key.
 */
export async function claimDue(rt: Runtime, limit: number): Promise<Claimed[]> {
  return rt.system('notify', async (tx) => {
    const now = new Date(tx.nowMs);
    const rows = await tx.rows<Claimed>(sql`
      update notify_deliveries d
      set attempts = d.attempts + 1, leased_until = ${new Date(tx.nowMs + leaseMs)}
      from (select id from notify_deliveries
        where state = 'waiting' and next_at <= ${now} and (leased_until is null or leased_until <= ${now})
        order by urgent desc, next_at limit ${limit} for update skip locked) as due, notify_messages m
      where d.id = due.id and m.id = d.message_id
      returning d.id, d.attempts, d.channel, d.channel_id, d.account_id, d.message_id, d.template, d.target_sealed,
        d.urgent, d.fallback, d.give_up_at, m.text_sealed, m.lang, m.subject_kind, m.subject_id,
        m.read_at is not null as read`);
    if (rows.length === 0) return rows;
    const begun = JSON.stringify(rows.map((r) => ({ id: r.id, n: r.attempts })));
    await tx.run(sql`with begun as (
        insert into notify_attempts (delivery_id, n, begun_at)
        select id, n, ${now} from jsonb_to_recordset(${begun}::jsonb) as b(id uuid, n int))
      update notify_attempts a set ended_at = ${now}, ok = false, answer = 'interrupted'
      where a.delivery_id = any(${rows.map((r) => r.id)}::uuid[]) and a.ended_at is null`);
    return rows;
  });
}
