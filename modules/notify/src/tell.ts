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
