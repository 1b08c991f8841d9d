/** A person's own messages, and the demo's inbox of text messages. */
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import type { Message } from './contract.ts';

interface MessageRow {
  id: string;
  created_at: Date;
  template: string;
  text_sealed: string;
  subject_kind: string | null;
  subject_id: string | null;
  read_at: Date | null;
}

async function unreadOf(tx: Tx): Promise<number> {
  const row = await tx.one<{ n: number }>(
    sql`select count(*) as n from notify_messages where account_id = ${tx.actor.id} and read_at is null`,
  );
  return row.n;
}

export async function ownMessages(
  tx: Tx,
  query: { cursor?: string | undefined; limit: number },
): Promise<{ items: Message[]; nextCursor: string | null; unread: number }> {
  const before = query.cursor !== undefined && /^[0-9a-f-]{36}$/.test(query.cursor) ? query.cursor : null;
  // Identifiers are version 7, so they sort by time.
  const rows =
    await tx.rows<MessageRow>(sql`select id, created_at, template, text_sealed, subject_kind, subject_id, read_at from notify_messages
    where account_id = ${tx.actor.id} and (${before}::uuid is null or id < ${before}::uuid) order by id desc limit ${query.limit + 1}`);
  const page = rows.slice(0, query.limit);
  return {
    items: page.map((row) => ({
      id: row.id,
      atMs: row.created_at.getTime(),
      template: row.template,
      text: tx.rt.keys.decrypt('notify-text', row.text_sealed),
      subjectKind: row.subject_kind,
      subjectId: row.subject_id,
      read: row.read_at !== null,
    })),
    nextCursor: rows.length > query.limit ? (page.at(-1)?.id ?? null) : null,
    unread: await unreadOf(tx),
  };
}

export async function markRead(tx: Tx, ids: readonly string[]): Promise<{ unread: number }> {
  await tx.run(sql`update notify_messages set read_at = ${new Date(tx.nowMs)}
    where account_id = ${tx.actor.id} and read_at is null and id = any(${ids}::uuid[])`);
  return { unread: await unreadOf(tx) };
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
    tx.rows<{
      created_at: Date;
      phone_sealed: string;
      text_sealed: string;
    }>(sql`select created_at, phone_sealed, text_sealed
      from notify_messages where channel = 'sms' order by created_at desc, id desc limit ${limit}`),
  );
  return rows.map((r) => ({
    atMs: r.created_at.getTime(),
    phone: rt.keys.decrypt('notify-phone', r.phone_sealed),
    text: rt.keys.decrypt('notify-text', r.text_sealed),
  }));
}
