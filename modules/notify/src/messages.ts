/** A person's own messages, and the demo's inbox of text messages. */
import { type Runtime, runHook, sql, type Tx } from '@wangge/kernel';
import { accountNames } from '@wangge/staff';
import { inboxChanged, type Message } from './contract.ts';
import type { MessageKind } from './contract/kinds.ts';
import { messageAcknowledged } from './hooks.ts';
import { ownAccount } from './preferences.ts';

interface MessageRow {
  id: string;
  created_at: Date;
  template: string;
  kind: MessageKind;
  text_sealed: string;
  subject_kind: string | null;
  subject_id: string | null;
  urgent: boolean;
  read_at: Date | null;
  needs_ack: boolean;
  acknowledged_at: Date | null;
  acknowledged_by: string | null;
}
const columns = sql`id, created_at, template, kind, text_sealed, subject_kind, subject_id, urgent, read_at, needs_ack,
  acknowledged_at, acknowledged_by`;

async function countsOf(tx: Tx): Promise<{ unread: number; unacknowledged: number }> {
  return tx.one(sql`select count(*) filter (where read_at is null) as unread,
      count(*) filter (where needs_ack and acknowledged_at is null) as unacknowledged
    from notify_messages where account_id = ${tx.actor.id}
      and (read_at is null or (needs_ack and acknowledged_at is null))`);
}

async function messagesOf(tx: Tx, rows: readonly MessageRow[]): Promise<Message[]> {
  const others = rows.flatMap((r) =>
    r.acknowledged_by === null || r.acknowledged_by === tx.actor.id ? [] : [r.acknowledged_by],
  );
  const names = others.length === 0 ? new Map<string, string>() : await accountNames(tx, others);
  return rows.map((row) => ({
    id: row.id,
    atMs: row.created_at.getTime(),
    template: row.template,
    kind: row.kind,
    text: tx.rt.keys.decrypt('notify-text', row.text_sealed),
    subjectKind: row.subject_kind,
    subjectId: row.subject_id,
    urgent: row.urgent,
    read: row.read_at !== null,
    needsAcknowledge: row.needs_ack,
    acknowledgedAtMs: row.acknowledged_at?.getTime() ?? null,
    acknowledgedBy: names.get(row.acknowledged_by ?? '') ?? null,
  }));
}

export async function ownMessages(
  tx: Tx,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: Message[]; nextCursor: string | null; unread: number; unacknowledged: number }> {
  const before = query.cursor !== undefined && /^[0-9a-f-]{36}$/.test(query.cursor) ? query.cursor : null;
  // Identifiers are version 7, so they sort by time.
  const rows = await tx.rows<MessageRow>(sql`select ${columns} from notify_messages
    where account_id = ${tx.actor.id} and (${before}::uuid is null or id < ${before}::uuid) order by id desc limit ${query.limit + 1}`);
  const page = rows.slice(0, query.limit);
  return {
    items: await messagesOf(tx, page),
    nextCursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    ...(await countsOf(tx)),
  };
}

function tellInboxChanged(tx: Tx, accountIds: readonly string[]): void {
  tx.emit(inboxChanged, {}, { areaPath: '-', subjectId: ownAccountOrNone(tx), accountIds: [...accountIds] });
}
function ownAccountOrNone(tx: Tx): string {
  return tx.actor.id ?? 'inbox';
}

export async function markRead(tx: Tx, ids: readonly string[]): Promise<{ unread: number }> {
  const id = ownAccount(tx);
  const read = await tx.run(sql`update notify_messages set read_at = ${new Date(tx.nowMs)}
    where account_id = ${id} and read_at is null and id = any(${ids}::uuid[])`);
  if (read > 0) tellInboxChanged(tx, [id]);
  return { unread: (await countsOf(tx)).unread };
}

/** Twice, or after somebody else: nothing more happens. Other people's messages are not found. */
export async function acknowledgeOwn(tx: Tx, messageId: string): Promise<Message> {
  const id = ownAccount(tx);
  const own = sql`where id = ${messageId} and account_id = ${id}`;
  const row = await tx.one<MessageRow>(sql`select ${columns} from notify_messages ${own}`);
  if (row.needs_ack && row.acknowledged_at === null) {
    const { subject_kind: kind, subject_id: about } = row;
    const subject = kind === null || about === null ? null : { kind, id: about };
    await runHook(tx, messageAcknowledged, { accountId: id, subject });
    await tx.run(sql`update notify_messages set read_at = coalesce(read_at, ${new Date(tx.nowMs)}),
        acknowledged_at = coalesce(acknowledged_at, ${new Date(tx.nowMs)}), acknowledged_by = coalesce(acknowledged_by, ${id}) ${own}`);
    tellInboxChanged(tx, [id]);
  }
  const [message] = await messagesOf(tx, [
    await tx.one<MessageRow>(sql`select ${columns} from notify_messages ${own}`),
  ]);
  if (!message) throw new Error('a message that was there a moment ago');
  return message;
}

/** Somebody took notice of the thing itself: nobody's message about it asks for that any more. */
export async function acknowledgeAbout(tx: Tx, subject: { readonly kind: string; readonly id: string }): Promise<void> {
  const rows = await tx.rows<{ account_id: string | null }>(
    sql`select account_id from notify_acknowledge(${subject.kind}, ${subject.id}, ${new Date(tx.nowMs)}, ${tx.actor.id})`,
  );
  const accounts = [...new Set(rows.flatMap((r) => (r.account_id === null ? [] : [r.account_id])))];
  if (accounts.length > 0) tellInboxChanged(tx, accounts);
}

export interface InboxText {
  readonly atMs: number;
  readonly phone: string;
  readonly text: string;
}
/** The last text messages, in the clear: for a demo and for tests, never elsewhere. */
export async function demoInbox(rt: Runtime, limit = 50): Promise<InboxText[]> {
  if (!rt.config.demo) return [];
  const rows = await rt.system('notify', (tx) =>
    tx.rows<{ created_at: Date; target_sealed: string; text_sealed: string }>(sql`
      select d.created_at, d.target_sealed, m.text_sealed
      from notify_deliveries d join notify_messages m on m.id = d.message_id
      where d.channel = 'sms' and d.target_sealed is not null order by d.created_at desc, d.id desc limit ${limit}`),
  );
  return rows.map((r) => ({
    atMs: r.created_at.getTime(),
    phone: rt.keys.decrypt('notify-phone', r.target_sealed),
    text: rt.keys.decrypt('notify-text', r.text_sealed),
  }));
}
