/** Writing deliveries in the transaction of the message that they carry. */
import { newId } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { type Listener, townTime, type Way } from './audience.ts';
import { chatKinds } from './contract/channels.ts';
import type { DeliveryChannel } from './contract/kinds.ts';
import { planDeliveries } from './plan.ts';
import { templateFacts } from './template-facts.ts';
import type { TemplateName } from './templates.ts';

export interface NewDelivery {
  readonly id: string;
  readonly message_id: string;
  readonly template: TemplateName;
  readonly account_id: string | null;
  readonly channel: DeliveryChannel;
  readonly channel_id: string | null;
  readonly target_sealed: string | null;
  readonly target_mask: string | null;
  readonly urgent: boolean;
  readonly fallback: readonly DeliveryChannel[];
  readonly next_at: string;
  readonly give_up_at: string;
  readonly once_key: string | null;
}

const minuteMs = 60_000;
/** An emergency that has another way left does not wait long for the first one. */
const urgentMs = 5 * minuteMs;
const dayMs = 1440 * minuteMs;

export function giveUpAt(template: TemplateName, fromMs: number, urgent: boolean, hasFallback: boolean): string {
  const { staleMin } = templateFacts[template];
  const spanMs = staleMin !== undefined ? staleMin * minuteMs : urgent && hasFallback ? urgentMs : dayMs;
  return new Date(fromMs + spanMs).toISOString();
}

export async function writeDeliveries(tx: Tx, rows: readonly NewDelivery[]): Promise<void> {
  if (rows.length === 0) return;
  await tx.run(sql`insert into notify_deliveries (id, created_at, message_id, template, account_id, channel, channel_id,
      target_sealed, target_mask, urgent, fallback, next_at, give_up_at, once_key)
    select id, ${new Date(tx.nowMs)}, message_id, template, account_id, channel, channel_id, target_sealed, target_mask,
      urgent, array(select jsonb_array_elements_text(fallback)), next_at, give_up_at, once_key
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as d(id uuid, message_id uuid, template text,
      account_id uuid, channel text, channel_id uuid, target_sealed text, target_mask text, urgent boolean,
      fallback jsonb, next_at timestamptz, give_up_at timestamptz, once_key text)
    on conflict (once_key) do nothing`);
}

export interface Told {
  readonly messageId: string;
  readonly accountId: string;
  readonly template: TemplateName;
  readonly urgent: boolean;
  /** Names the occasion: a chat group hears of it once, however many people do. */
  readonly occasion: string;
}

/** What a message to an account sets going beside the inbox. */
export function deliveriesOf(tx: Tx, told: Told, listener: Listener | undefined, ways: readonly Way[]): NewDelivery[] {
  const { template, urgent, accountId } = told;
  const { kind } = templateFacts[template];
  const { nowMs } = tx;
  const common = { message_id: told.messageId, template, urgent, target_sealed: null };
  const personal = listener ? planDeliveries({ kind, urgent }, listener, nowMs, townTime(tx.rt)) : [];
  const chats: readonly string[] = chatKinds;
  return [
    ...personal.map(({ channel, atMs, fallback }): NewDelivery => ({
      ...common,
      id: newId(nowMs),
      account_id: accountId,
      channel,
      channel_id: null,
      target_mask: listener?.masks[channel] ?? null,
      fallback,
      next_at: new Date(atMs).toISOString(),
      give_up_at: giveUpAt(template, atMs, urgent, fallback.length > 0),
      once_key: null,
    })),
    ...ways
      .filter((way) => chats.includes(way.kind) && way.kinds.includes(kind))
      .map((way): NewDelivery => ({
        ...common,
        id: newId(nowMs),
        account_id: null,
        channel: 'chat',
        channel_id: way.id,
        target_mask: way.name,
        fallback: [],
        next_at: new Date(nowMs).toISOString(),
        give_up_at: giveUpAt(template, nowMs, false, false),
        once_key: `${way.id}:${told.occasion}`,
      })),
  ];
}
