/** Telling people something, as part of the change that they are told of. */
import { type Lang, newId } from '@wangge/contract-kit';
import { empty, sql, type Tx } from '@wangge/kernel';
import { maskPhone } from './addresses.ts';
import { listeners, openWays } from './audience.ts';
import { messageTold } from './contract.ts';
import { deliveriesOf, giveUpAt, type NewDelivery, writeDeliveries } from './deliveries.ts';
import { templateFacts } from './template-facts.ts';
import { fill, type Params, type TemplateName } from './templates.ts';

interface Content {
  readonly template: TemplateName;
  readonly params: Params;
  readonly subject?: { readonly kind: string; readonly id: string };
  /** Breaks through quiet hours; some templates always do. */
  readonly urgent?: boolean;
}
export interface Telling extends Content {
  readonly to: { readonly kind: 'account'; readonly id: string } | { readonly kind: 'phone'; readonly phone: string };
  /** Of a message to a telephone; an account has its own. */
  readonly lang?: Lang;
  /** The same key tells the same account nothing a second time. */
  readonly onceKey?: string;
}
export interface AccountTelling extends Content {
  readonly accountId: string;
  readonly onceKey: string;
}

function isUrgent(content: Content): boolean {
  return content.urgent === true || templateFacts[content.template].urgent === true;
}
/** Without a key of its own: the same words about the same thing within ten minutes are one occasion. */
function occasionOf(tx: Tx, content: Content, onceKey: string | undefined): string {
  const span = Math.floor(tx.nowMs / 600_000);
  const words = JSON.stringify(content.params);
  return (
    onceKey ?? tx.rt.keys.blindIndex('notify-occasion', `${content.template} ${content.subject?.id} ${words} ${span}`)
  );
}

/** Writes the message in the caller's transaction; what leaves the house is sent after commit. */
export async function tell(tx: Tx, telling: Telling): Promise<void> {
  if (telling.to.kind === 'account') await tellOne(tx, telling.to.id, telling);
  else await tellPhone(tx, telling.to.phone, telling);
}

async function tellPhone(tx: Tx, phone: string, telling: Telling): Promise<void> {
  const id = newId();
  const { template } = telling;
  const lang = telling.lang ?? 'zh';
  const now = new Date(tx.nowMs);
  const sealed = tx.rt.keys.encrypt('notify-phone', phone);
  const urgent = isUrgent(telling);
  await tx.run(sql`insert into notify_messages (id, created_at, channel, phone_sealed, phone_mask, template, text_sealed,
      subject_kind, subject_id, lang, kind, urgent)
    values (${id}, ${now}, 'sms', ${sealed}, ${maskPhone(phone)}, ${template},
      ${tx.rt.keys.encrypt('notify-text', fill(template, lang, telling.params))}, ${telling.subject?.kind ?? null},
      ${telling.subject?.id ?? null}, ${lang}, ${templateFacts[template].kind}, ${urgent})`);
  await writeDeliveries(tx, [
    {
      // Gateways have always been given the message's identifier.
      id,
      message_id: id,
      template,
      account_id: null,
      channel: 'sms',
      channel_id: null,
      target_sealed: sealed,
      target_mask: maskPhone(phone),
      urgent,
      fallback: [],
      next_at: now.toISOString(),
      give_up_at: giveUpAt(template, tx.nowMs, urgent, false),
      once_key: null,
    },
  ]);
}

async function tellOne(tx: Tx, accountId: string, telling: Telling): Promise<void> {
  const id = newId();
  const { template } = telling;
  const ways = await openWays(tx);
  const listener = (await listeners(tx, [accountId], ways)).get(accountId);
  const lang = listener?.lang ?? 'zh';
  const now = new Date(tx.nowMs);
  const facts = templateFacts[template];
  const urgent = isUrgent(telling);
  const onceKey = telling.onceKey === undefined ? null : `${telling.onceKey}:${accountId}`;
  const written =
    await tx.run(sql`insert into notify_messages (id, created_at, channel, account_id, template, text_sealed,
      subject_kind, subject_id, state, sent_at, once_key, lang, kind, urgent, needs_ack)
    values (${id}, ${now}, 'desk', ${accountId}, ${template},
      ${tx.rt.keys.encrypt('notify-text', fill(template, lang, telling.params))}, ${telling.subject?.kind ?? null},
      ${telling.subject?.id ?? null}, 'sent', ${now}, ${onceKey}, ${lang}, ${facts.kind}, ${urgent},
      ${facts.needsAck === true})
    ${onceKey === null ? empty : sql`on conflict (once_key) where once_key is not null do nothing`}`);
  if (written === 0) return;
  const occasion = occasionOf(tx, telling, telling.onceKey);
  const told = { messageId: id, accountId, template, urgent, occasion };
  await writeDeliveries(tx, deliveriesOf(tx, told, listener, ways));
  tx.emit(messageTold, { messageId: id }, { areaPath: '-', subjectId: id, accountIds: [accountId] });
}

/** Tells many accounts in one statement; what a key told before is not told again. Answers how many were new. */
export async function tellAccounts(tx: Tx, tellings: readonly AccountTelling[]): Promise<number> {
  if (tellings.length === 0) return 0;
  const now = new Date(tx.nowMs).toISOString();
  const ways = await openWays(tx);
  const people = await listeners(tx, [...new Set(tellings.map((t) => t.accountId))], ways);
  const byId = new Map<string, AccountTelling>();
  const rows = tellings.map((t) => {
    const id = newId();
    byId.set(id, t);
    const lang = people.get(t.accountId)?.lang ?? 'zh';
    const { kind, needsAck } = templateFacts[t.template];
    return {
      id,
      account_id: t.accountId,
      template: t.template,
      text_sealed: tx.rt.keys.encrypt('notify-text', fill(t.template, lang, t.params)),
      subject_kind: t.subject?.kind ?? null,
      subject_id: t.subject?.id ?? null,
      once_key: `${t.onceKey}:${t.accountId}`,
      lang,
      kind,
      urgent: isUrgent(t),
      needs_ack: needsAck === true,
    };
  });
  const written = await tx.rows<{ id: string }>(sql`
    insert into notify_messages (id, created_at, channel, account_id, template, text_sealed, subject_kind, subject_id,
      state, sent_at, once_key, lang, kind, urgent, needs_ack)
    select id, ${now}::timestamptz, 'desk', account_id, template, text_sealed, subject_kind, subject_id, 'sent',
      ${now}::timestamptz, once_key, lang, kind, urgent, needs_ack
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m(id uuid, account_id uuid, template text,
      text_sealed text, subject_kind text, subject_id uuid, once_key text, lang text, kind text, urgent boolean,
      needs_ack boolean)
    on conflict (once_key) where once_key is not null do nothing
    returning id`);
  const deliveries: NewDelivery[] = [];
  for (const { id } of written) {
    const t = byId.get(id);
    if (!t) continue;
    const { accountId, template } = t;
    const told = { messageId: id, accountId, template, urgent: isUrgent(t), occasion: occasionOf(tx, t, t.onceKey) };
    deliveries.push(...deliveriesOf(tx, told, people.get(accountId), ways));
    tx.emit(messageTold, { messageId: id }, { areaPath: '-', subjectId: id, accountIds: [accountId] });
  }
  await writeDeliveries(tx, deliveries);
  return written.length;
}
