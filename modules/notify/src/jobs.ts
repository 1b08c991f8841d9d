/** Delivery by text message, and forgetting. */
import { type JobHandler, type Runtime, sql } from '@wangge/kernel';
import { senderFor } from './sms.ts';

interface Waiting {
  phone_sealed: string;
  text_sealed: string;
  state: string;
}

/** At least once: the gateway drops a repetition by the message's id. */
export const deliver: JobHandler = async (rt, payload) => {
  const id = String(payload['messageId']);
  const message = await rt.system('notify', (tx) =>
    tx.maybe<Waiting>(sql`select phone_sealed, text_sealed, state from notify_messages where id = ${id}`),
  );
  if (!message || message.state === 'sent') return;
  try {
    await senderFor(rt).send({
      id,
      phone: rt.keys.decrypt('notify-phone', message.phone_sealed),
      text: rt.keys.decrypt('notify-text', message.text_sealed),
    });
  } catch (error) {
    await markFailed(rt, id, error);
    throw error;
  }
  await rt.system('notify', (tx) =>
    tx.run(
      sql`update notify_messages set state = 'sent', sent_at = ${new Date(tx.nowMs)}, attempts = attempts + 1, error = null where id = ${id}`,
    ),
  );
};

async function markFailed(rt: Runtime, id: string, error: unknown): Promise<void> {
  const text = error instanceof Error ? error.message : String(error);
  await rt.system('notify', (tx) =>
    tx.run(
      sql`update notify_messages set state = 'failed', attempts = attempts + 1, error = ${text.slice(0, 300)} where id = ${id}`,
    ),
  );
}

/** Text messages are kept 30 days, messages at the desk half a year. */
export const forget: JobHandler = async (rt) => {
  const dayMs = 86_400_000;
  await rt.system('notify', (tx) =>
    tx.run(sql`delete from notify_messages where created_at < ${new Date(tx.nowMs - 180 * dayMs)}
      or (channel = 'sms' and created_at < ${new Date(tx.nowMs - 30 * dayMs)})`),
  );
};
