/** Telling a person something, as part of the change that they are told of. */
import { newId } from '@wangge/contract-kit';
import { empty, sql, type Tx } from '@wangge/kernel';
import { messageTold } from './contract.ts';
import { fill, type TemplateName } from './templates.ts';

export interface Telling {
  readonly to: { readonly kind: 'account'; readonly id: string } | { readonly kind: 'phone'; readonly phone: string };
  readonly template: TemplateName;
  readonly params: Readonly<Record<string, string>>;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly lang?: 'zh' | 'en';
  /** The same key tells the same account nothing a second time. For messages at the desk. */
  readonly onceKey?: string;
}

function mask(phone: string): string {
  return phone.length < 7 ? '***' : `${phone.slice(0, 3)}****${phone.slice(-4)}`;
}

const once = sql`on conflict (once_key) where once_key is not null do nothing`;

/** Writes the message in the caller's transaction; a text message is sent by a job after commit. */
export async function tell(tx: Tx, telling: Telling): Promise<void> {
  const id = newId();
  const text = tx.rt.keys.encrypt('notify-text', fill(telling.template, telling.lang ?? 'zh', telling.params));
  const now = new Date(tx.nowMs);
  const { to } = telling;
  if (to.kind === 'account') {
    const onceKey = telling.onceKey === undefined ? null : `${telling.onceKey}:${to.id}`;
    const written =
      await tx.run(sql`insert into notify_messages (id, created_at, channel, account_id, template, text_sealed, subject_kind, subject_id, state, sent_at, once_key)
      values (${id}, ${now}, 'desk', ${to.id}, ${telling.template}, ${text}, ${telling.subject?.kind ?? null}, ${telling.subject?.id ?? null}, 'sent', ${now}, ${onceKey})
      ${onceKey === null ? empty : once}`);
    if (written === 0) return;
    tx.emit(messageTold, { messageId: id }, { areaPath: '-', subjectId: id, accountIds: [to.id] });
    return;
  }
  await tx.run(sql`insert into notify_messages (id, created_at, channel, phone_sealed, phone_mask, template, text_sealed, subject_kind, subject_id)
    values (${id}, ${now}, 'sms', ${tx.rt.keys.encrypt('notify-phone', to.phone)}, ${mask(to.phone)}, ${telling.template}, ${text},
      ${telling.subject?.kind ?? null}, ${telling.subject?.id ?? null})`);
  tx.addJob('notify.deliver', { messageId: id }, { maxAttempts: 8 });
}

export interface AccountTelling {
  readonly accountId: string;
  readonly template: TemplateName;
  readonly params: Readonly<Record<string, string>>;
  readonly subject?: { readonly kind: string; readonly id: string };
  readonly onceKey: string;
}

/** Tells many accounts in one statement; what a key told before is not told again. Answers how many were new. */
export async function tellAccounts(tx: Tx, tellings: readonly AccountTelling[]): Promise<number> {
  if (tellings.length === 0) return 0;
  const now = new Date(tx.nowMs).toISOString();
  const rows = tellings.map((t) => ({
    id: newId(),
    account_id: t.accountId,
    template: t.template,
    text_sealed: tx.rt.keys.encrypt('notify-text', fill(t.template, 'zh', t.params)),
    subject_kind: t.subject?.kind ?? null,
    subject_id: t.subject?.id ?? null,
    once_key: `${t.onceKey}:${t.accountId}`,
  }));
  const written = await tx.rows<{ id: string; accountId: string }>(sql`
    insert into notify_messages (id, created_at, channel, account_id, template, text_sealed, subject_kind, subject_id,
      state, sent_at, once_key)
    select id, ${now}::timestamptz, 'desk', account_id, template, text_sealed, subject_kind, subject_id, 'sent',
      ${now}::timestamptz, once_key
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as m(id uuid, account_id uuid, template text,
      text_sealed text, subject_kind text, subject_id uuid, once_key text)
    on conflict (once_key) where once_key is not null do nothing
    returning id, account_id as "accountId"`);
  for (const { id, accountId } of written) {
    tx.emit(messageTold, { messageId: id }, { areaPath: '-', subjectId: id, accountIds: [accountId] });
  }
  return written.length;
}
