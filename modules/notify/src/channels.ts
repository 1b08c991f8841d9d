/** Ways out as they stand in the table, and the senders that they make. */
import { type Runtime, sql, type Tx } from '@wangge/kernel';
import { type ChannelKind, type ChannelSettings, channelSettingsSchema } from './contract/channels.ts';
import type { MessageKind } from './contract/kinds.ts';
import { chatSender } from './senders/chat.ts';
import { emailSender } from './senders/email.ts';
import { gatewaySender } from './senders/gateway.ts';
import type { Send } from './senders/sender.ts';
import { smsCarrier } from './senders/sms-carrier.ts';

export interface ChannelRow {
  readonly id: string;
  readonly kind: ChannelKind;
  readonly name: string;
  readonly enabled: boolean;
  readonly kinds: MessageKind[];
  readonly settings: unknown;
  readonly secret_sealed: string;
  readonly changed_at: Date;
}
const columns = sql`id, kind, name, enabled, kinds, settings, secret_sealed, changed_at`;
const purpose = 'notify-channel';

/** What may be shown again, and what not. */
export function splitSettings(rt: Runtime, settings: ChannelSettings): { shown: string; sealed: string } {
  const { url, key, password, ...shown } = settings;
  return { shown: JSON.stringify(shown), sealed: rt.keys.encrypt(purpose, JSON.stringify({ url, key, password })) };
}
export function settingsOf(rt: Runtime, row: ChannelRow): ChannelSettings {
  const secrets = JSON.parse(rt.keys.decrypt(purpose, row.secret_sealed)) as object;
  return channelSettingsSchema.parse({ ...(row.settings as object), ...secrets });
}

export function channelRows(tx: Tx): Promise<ChannelRow[]> {
  return tx.rows<ChannelRow>(sql`select ${columns} from notify_channels order by changed_at, id`);
}
export function channelById(tx: Tx, id: string): Promise<ChannelRow> {
  return tx.one<ChannelRow>(sql`select ${columns} from notify_channels where id = ${id}`);
}

/** The sender that a row makes; it may be switched off, which is for the caller to see. */
export function senderOf(rt: Runtime, row: ChannelRow): Send {
  const settings = settingsOf(rt, row);
  const { url = '', key = '' } = settings;
  switch (row.kind) {
    case 'sms':
    case 'voice':
      return gatewaySender(url, key, { speaks: row.kind === 'voice' });
    case 'email':
      return emailSender(settings, new URL(rt.config.publicUrl).hostname);
    default:
      return chatSender(row.kind, url, key, () => rt.clock.nowMs());
  }
}

const nothing = (answer: string): Send => {
  return () => Promise.reject(new Error(answer));
};

/** What carries text messages where no row does. */
export function defaultSms(rt: Runtime): Send {
  switch (smsCarrier(rt)) {
    case 'environment':
      return gatewaySender(process.env['WANGGE_SMS_URL'] ?? '', process.env['WANGGE_SMS_KEY'] ?? '', {
        speaks: false,
      });
    case 'demo':
      return () => Promise.resolve({ ok: true, answer: 'demo: /dev/inbox' });
    case 'none':
      return nothing('no SMS gateway is set up');
  }
}
/** The sender of a personal channel other than push. */
export function senderFor(rt: Runtime, rows: readonly ChannelRow[], kind: 'sms' | 'voice' | 'email'): Send {
  const row = rows.find((r) => r.kind === kind && r.enabled);
  if (row) return senderOf(rt, row);
  return kind === 'sms' ? defaultSms(rt) : nothing(`no ${kind} channel is set up`);
}
