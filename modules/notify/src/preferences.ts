/** What a person chose, and the address they gave. */
import { AppError } from '@wangge/contract-kit';
import { sql, type Tx } from '@wangge/kernel';
import { contactsOf } from '@wangge/staff';
import { maskEmail } from './addresses.ts';
import { openWays, townChannels } from './audience.ts';
import type { Choices } from './contract/kinds.ts';
import type { Preferences, Quiet } from './contract/preferences.ts';
import { choicesFrom } from './plan.ts';

const purpose = 'notify-email';

export function ownAccount(tx: Tx): string {
  if (tx.actor.kind !== 'account' || tx.actor.id === null) throw new AppError('unauthenticated');
  return tx.actor.id;
}

interface Row {
  choices: unknown;
  quiet_from_min: number | null;
  quiet_to_min: number | null;
  email_mask: string | null;
}

export async function readOwnPreferences(tx: Tx): Promise<Preferences> {
  const id = ownAccount(tx);
  const row = await tx.maybe<Row>(sql`select choices, quiet_from_min, quiet_to_min, email_mask
    from notify_preferences where account_id = ${id}`);
  const contact = (await contactsOf(tx, [id])).get(id);
  const from = row?.quiet_from_min ?? null;
  const to = row?.quiet_to_min ?? null;
  return {
    choices: choicesFrom(row?.choices),
    quiet: from === null || to === null ? null : { fromMin: from, toMin: to },
    email: row?.email_mask ?? null,
    phone: contact?.phoneMask ?? null,
    available: townChannels(tx.rt, await openWays(tx)),
  };
}

export async function saveOwnPreferences(
  tx: Tx,
  input: { choices: Choices; quiet: Quiet | null; email?: string | null | undefined },
): Promise<Preferences> {
  const id = ownAccount(tx);
  const { quiet, email } = input;
  await tx.run(sql`insert into notify_preferences (account_id, choices, quiet_from_min, quiet_to_min)
    values (${id}, ${JSON.stringify(choicesFrom(input.choices))}::jsonb, ${quiet?.fromMin ?? null}, ${quiet?.toMin ?? null})
    on conflict (account_id) do update set choices = excluded.choices, quiet_from_min = excluded.quiet_from_min,
      quiet_to_min = excluded.quiet_to_min`);
  if (email !== undefined) {
    await tx.run(sql`update notify_preferences set
        email_sealed = ${email === null ? null : tx.rt.keys.encrypt(purpose, email)},
        email_mask = ${email === null ? null : maskEmail(email)}
      where account_id = ${id}`);
  }
  return readOwnPreferences(tx);
}

/** The address in full, for the mail server. */
export async function emailOf(tx: Tx, accountId: string): Promise<string | null> {
  const row = await tx.maybe<{ email_sealed: string | null }>(
    sql`select email_sealed from notify_preferences where account_id = ${accountId}`,
  );
  return row?.email_sealed == null ? null : tx.rt.keys.decrypt(purpose, row.email_sealed);
}
