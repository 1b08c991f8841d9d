/** Writing down what came of an attempt, and what follows from it. */
import { newId } from '@wangge/contract-kit';
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import type { Claimed } from './claim.ts';
import type { DeliveryState } from './contract/deliveries.ts';
import { giveUpAt, writeDeliveries } from './deliveries.ts';
import { retryDelayMs } from './plan.ts';

/** `unsent`: no attempt was made, since there was no use in it any more. */
export type Outcome =
  | { readonly kind: 'sent'; readonly answer: string; readonly target?: Target }
  | { readonly kind: 'failed'; readonly answer: string; readonly final: boolean; readonly target?: Target }
  | { readonly kind: 'unsent'; readonly state: 'failed' | 'skipped'; readonly answer: string };
export interface Target {
  readonly sealed: string;
  readonly mask: string;
}

/** Whoever waited longer than its lease for an answer finds the delivery in other hands, and changes nothing. */
export async function settle(rt: Runtime, row: Claimed, outcome: Outcome): Promise<void> {
  await rt.system('notify', async (tx) => {
    const now = new Date(tx.nowMs);
    const answer = outcome.answer.slice(0, 300);
    const target = outcome.kind === 'unsent' ? undefined : outcome.target;
    const retryMs = outcome.kind === 'failed' && !outcome.final ? retryAt(tx, row) : null;
    const state: DeliveryState =
      outcome.kind === 'unsent'
        ? outcome.state
        : outcome.kind === 'sent'
          ? 'sent'
          : retryMs === null
            ? 'failed'
            : 'waiting';
    const ours =
      await tx.run(sql`update notify_deliveries set state = ${state}, answer = ${answer}, leased_until = null,
        next_at = coalesce(${retryMs === null ? null : new Date(retryMs)}::timestamptz, next_at),
        ended_at = case when ${state} = 'waiting' then null else ${now}::timestamptz end,
        target_sealed = coalesce(${target?.sealed ?? null}, target_sealed),
        target_mask = coalesce(${target?.mask ?? null}, target_mask)
      where id = ${row.id} and attempts = ${row.attempts} and state = 'waiting'`);
    if (ours === 0) return;
    if (outcome.kind === 'unsent') {
      await tx.run(sql`delete from notify_attempts where delivery_id = ${row.id} and n = ${row.attempts}`);
      await tx.run(sql`update notify_deliveries set attempts = attempts - 1 where id = ${row.id}`);
    } else {
      await tx.run(sql`update notify_attempts set ended_at = ${now}, ok = ${outcome.kind === 'sent'}, answer = ${answer}
        where delivery_id = ${row.id} and n = ${row.attempts}`);
    }
    if (state === 'sent') {
      await tx.run(sql`update notify_messages set state = 'sent', sent_at = ${now}
        where id = ${row.message_id} and channel = 'sms'`);
    }
    if (state === 'failed') await standIn(tx, row);
  });
}

function retryAt(tx: Tx, row: Claimed): number | null {
  const atMs = tx.nowMs + retryDelayMs(row.attempts, Math.random());
  return atMs > row.give_up_at.getTime() ? null : atMs;
}

/** The next way takes over from one that failed for good. */
async function standIn(tx: Tx, row: Claimed): Promise<void> {
  const [channel, ...fallback] = row.fallback;
  if (channel === undefined) return;
  await writeDeliveries(tx, [
    {
      id: newId(tx.nowMs),
      message_id: row.message_id,
      template: row.template,
      account_id: row.account_id,
      channel,
      channel_id: null,
      target_sealed: null,
      target_mask: null,
      urgent: row.urgent,
      fallback,
      next_at: new Date(tx.nowMs).toISOString(),
      give_up_at: giveUpAt(row.template, tx.nowMs, row.urgent, fallback.length > 0),
      // Tried again by hand and failed again: nobody is called twice for it.
      once_key: `after:${row.id}`,
    },
  ]);
}
