/** Setting up ways out, and trying them. */
import { AppError, newId } from '@wangge/contract-kit';
import { isUniqueViolation, type Runtime, sql, type Tx } from '@wangge/kernel';
import { channelById, type ChannelRow, channelRows, senderOf, settingsOf, splitSettings } from '../channels.ts';
import { type ChannelKind, chatKinds, type ChannelSettings, type NotifyChannel } from '../contract/channels.ts';
import type { MessageKind } from '../contract/kinds.ts';
import { smsCarrier } from '../senders/sms-carrier.ts';
import { wordsOf } from '../send-one.ts';

interface Input {
  readonly name: string;
  readonly enabled: boolean;
  readonly kinds: readonly MessageKind[];
  readonly settings: ChannelSettings;
}

const chats: readonly ChannelKind[] = chatKinds;

function view(rt: Runtime, row: ChannelRow): NotifyChannel {
  const { url, key, password, ...shown } = settingsOf(rt, row);
  const target =
    row.kind === 'email' ? `${shown.host}${shown.port === undefined ? '' : `:${shown.port}`}` : new URL(url ?? '').host;
  const secrets = { url, key, password };
  return {
    id: row.id,
    kind: row.kind,
    name: row.name,
    enabled: row.enabled,
    kinds: row.kinds,
    target,
    shown,
    has: (['url', 'key', 'password'] as const).filter((name) => (secrets[name] ?? '') !== ''),
    changedAtMs: row.changed_at.getTime(),
  };
}

/** @throws AppError `invalid-field` naming what the kind cannot do without */
function complete(kind: ChannelKind, settings: ChannelSettings): void {
  const needed = kind === 'email' ? (['host', 'from'] as const) : (['url'] as const);
  for (const name of needed) {
    if ((settings[name] ?? '') === '') throw new AppError('invalid-field', { field: `settings.${name}` });
  }
  const { url } = settings;
  if (kind !== 'email' && url !== undefined && new URL(url).username !== '')
    throw new AppError('invalid-field', { field: 'settings.url' });
}

export async function listAll(
  tx: Tx,
): Promise<{ channels: NotifyChannel[]; sms: 'channel' | 'environment' | 'demo' | 'none' }> {
  const rows = await channelRows(tx);
  const own = rows.some((r) => r.kind === 'sms' && r.enabled);
  return { channels: rows.map((row) => view(tx.rt, row)), sms: own ? 'channel' : smsCarrier(tx.rt) };
}

async function write(tx: Tx, id: string, kind: ChannelKind, input: Input, settings: ChannelSettings): Promise<void> {
  complete(kind, settings);
  const { shown, sealed } = splitSettings(tx.rt, settings);
  const kinds = chats.includes(kind) ? input.kinds : [];
  await tx.run(sql`insert into notify_channels (id, kind, name, enabled, kinds, settings, secret_sealed, changed_at)
    values (${id}, ${kind}, ${input.name}, ${input.enabled}, ${kinds}::text[], ${shown}::jsonb, ${sealed}, ${new Date(tx.nowMs)})
    on conflict (id) do update set name = excluded.name, enabled = excluded.enabled, kinds = excluded.kinds,
      settings = excluded.settings, secret_sealed = excluded.secret_sealed, changed_at = excluded.changed_at`);
  tx.audit({
    action: 'notify.save-channel',
    subject: { kind: 'notify-channel', id },
    details: { kind, name: input.name, enabled: input.enabled },
  });
}

/** @throws AppError `already-exists` for a second gateway or mail server of a kind */
export async function create(tx: Tx, input: Input & { readonly kind: ChannelKind }): Promise<NotifyChannel> {
  const id = newId(tx.nowMs);
  try {
    await write(tx, id, input.kind, input, input.settings);
  } catch (error) {
    if (isUniqueViolation(error)) throw new AppError('already-exists', { field: 'kind' });
    throw error;
  }
  return view(tx.rt, await channelById(tx, id));
}

export async function update(tx: Tx, id: string, input: Input): Promise<NotifyChannel> {
  const row = await channelById(tx, id);
  const before = settingsOf(tx.rt, row);
  // Pointed somewhere else, a secret of the old place is not sent to the new one.
  const moved =
    (input.settings.url !== undefined && input.settings.url !== before.url) ||
    (input.settings.host !== undefined && input.settings.host !== before.host);
  const { key: _key, password: _password, ...rest } = before;
  await write(tx, id, row.kind, input, { ...(moved ? rest : before), ...input.settings });
  return view(tx.rt, await channelById(tx, id));
}

export async function remove(tx: Tx, id: string): Promise<void> {
  if ((await tx.run(sql`delete from notify_channels where id = ${id}`)) === 0) throw new AppError('not-found');
  tx.audit({ action: 'notify.delete-channel', subject: { kind: 'notify-channel', id } });
}

/** Sends outside of any transaction; a provider that hangs holds nothing. */
export async function tryOut(
  rt: Runtime,
  row: ChannelRow,
  to: string | undefined,
): Promise<{ ok: boolean; answer: string; tookMs: number }> {
  const pattern = row.kind === 'email' ? /^[^@\s]+@[^@\s]+$/ : /^\+?[0-9-]{5,20}$/;
  if (!chats.includes(row.kind) && !pattern.test(to ?? '')) throw new AppError('invalid-field', { field: 'to' });
  const begun = performance.now();
  const verdict = await senderOf(rt, row)(to ?? '', {
    key: newId(),
    lang: 'zh',
    title: '测试',
    text: '这是一条测试消息。This is a test message.',
    path: '/console/',
    link: `${rt.config.publicUrl}/console/`,
    urgent: false,
  }).catch((error: unknown) => ({ ok: false, answer: wordsOf(error) }));
  return { ok: verdict.ok, answer: verdict.answer.slice(0, 300), tookMs: Math.round(performance.now() - begun) };
}

export async function auditTest(tx: Tx, id: string): Promise<ChannelRow> {
  const row = await channelById(tx, id);
  tx.audit({ action: 'notify.test-channel', subject: { kind: 'notify-channel', id } });
  return row;
}
