/** Who accounts are to the one who tells: language, choices, ways. */
import type { Lang } from '@wangge/contract-kit';
import { localTimeIn, type Runtime, sql, type Tx } from '@wangge/kernel';
import { contactsOf } from '@wangge/staff';
import type { PersonalChannel } from './contract/kinds.ts';
import { choicesFrom, type Person } from './plan.ts';
import { smsCarrier } from './senders/sms-carrier.ts';

export interface Listener extends Person {
  readonly lang: Lang;
  readonly masks: Readonly<Partial<Record<PersonalChannel, string>>>;
}
export interface Way {
  readonly id: string;
  readonly kind: string;
  readonly kinds: readonly string[];
  readonly name: string;
}

/** Ways that are set up and switched on. */
export function openWays(tx: Tx): Promise<Way[]> {
  return tx.rows<Way>(sql`select id, kind, kinds, name from notify_ways()`);
}

/** Personal ways that the town has: push is the platform's own, a demo shows its text messages at `/dev/inbox`. */
export function townChannels(rt: Runtime, ways: readonly Way[]): PersonalChannel[] {
  const has = (kind: string): boolean => ways.some((way) => way.kind === kind);
  return [
    'push',
    ...(has('sms') || smsCarrier(rt) !== 'none' ? (['sms'] as const) : []),
    ...(has('voice') ? (['voice'] as const) : []),
    ...(has('email') ? (['email'] as const) : []),
  ];
}

interface AudienceRow {
  account_id: string;
  choices: unknown;
  quiet_from_min: number | null;
  quiet_to_min: number | null;
  email_mask: string | null;
  pushed: boolean;
}

/** Of the enabled ones among these accounts. */
export async function listeners(
  tx: Tx,
  accountIds: readonly string[],
  ways: readonly Way[],
): Promise<Map<string, Listener>> {
  const contacts = await contactsOf(tx, accountIds);
  const rows = await tx.rows<AudienceRow>(sql`select * from notify_audience(${accountIds}::uuid[])`);
  const town = townChannels(tx.rt, ways);
  const found = new Map<string, Listener>();
  for (const row of rows) {
    const contact = contacts.get(row.account_id);
    if (!contact) continue;
    const phone = contact.phoneMask;
    const reached = { push: row.pushed, sms: phone !== null, voice: phone !== null, email: row.email_mask !== null };
    found.set(row.account_id, {
      lang: contact.lang,
      choices: choicesFrom(row.choices),
      quiet:
        row.quiet_from_min === null || row.quiet_to_min === null
          ? null
          : { fromMin: row.quiet_from_min, toMin: row.quiet_to_min },
      reachable: town.filter((channel) => reached[channel]),
      masks: {
        ...(phone === null ? {} : { sms: phone, voice: phone }),
        ...(row.email_mask === null ? {} : { email: row.email_mask }),
      },
    });
  }
  return found;
}

const zones = new Map<string, (ms: number) => number>();
/** The town's time; one per zone, since it remembers what it worked out. */
export function townTime(rt: Runtime): (ms: number) => number {
  let local = zones.get(rt.config.zone);
  if (!local) zones.set(rt.config.zone, (local = localTimeIn(rt.config.zone)));
  return local;
}
