/** One attempt at one delivery: finds the address, puts the message into words, hands it over. */
import { maskEmail } from './addresses.ts';
import type { Runtime } from '@wangge/kernel';
import { phoneForSending } from '@wangge/staff';
import { type ChannelRow, senderFor, senderOf } from './channels.ts';
import type { Claimed } from './claim.ts';
import { messageKinds } from './contract/kinds.ts';
import { emailOf } from './preferences.ts';
import { forgetPush, subscriptionsOf } from './push-store.ts';
import { pushTo } from './senders/push.ts';
import type { Outgoing, Verdict } from './senders/sender.ts';
import { vapidKeys } from './senders/vapid.ts';
import type { Outcome, Target } from './settle.ts';
import { maskPhone } from './addresses.ts';
import { templateFacts } from './template-facts.ts';

type App = 'console' | 'field';

/** Pages of what messages are about; whatever has none is read in the inbox. */
const pages: Readonly<Record<App, Readonly<Record<string, string>>>> = {
  console: { incident: '/console/?id=', patrol: '/console/patrols?round=' },
  field: { incident: '/field/incident/', patrol: '/field/round/' },
};
const inboxes: Readonly<Record<App, string>> = { console: '/console/messages', field: '/field/me/messages' };

function pathOf(app: App, row: Claimed): string {
  const page = row.subject_kind === null ? undefined : pages[app][row.subject_kind];
  return page === undefined || row.subject_id === null ? inboxes[app] : `${page}${row.subject_id}`;
}
function outgoing(rt: Runtime, row: Claimed, app: App): Outgoing {
  const kind = messageKinds[templateFacts[row.template].kind][row.lang];
  const path = pathOf(app, row);
  const urgent = row.lang === 'zh' ? '【紧急】' : '[Urgent] ';
  return {
    key: row.id,
    lang: row.lang,
    title: `${row.urgent ? urgent : ''}${kind}`,
    text: rt.keys.decrypt('notify-text', row.text_sealed),
    path,
    link: rt.config.publicUrl + path,
    urgent: row.urgent,
  };
}

function outcomeOf(verdict: Verdict, target?: Target): Outcome {
  const more = target ? { target } : {};
  return verdict.ok
    ? { kind: 'sent', answer: verdict.answer, ...more }
    : { kind: 'failed', answer: verdict.answer, final: verdict.final, ...more };
}
const hopeless = (answer: string): Outcome => ({ kind: 'failed', answer, final: true });

/** Every browser of the account; one that took it is enough. */
async function pushAll(rt: Runtime, row: Claimed): Promise<Outcome> {
  const browsers = await subscriptionsOf(rt, row.account_id);
  if (browsers.length === 0) return hopeless('no browser is subscribed');
  const verdicts = await Promise.all(
    browsers.map(async (browser) => {
      const verdict = await pushTo(browser, outgoing(rt, row, browser.app), vapidKeys(rt), rt.config.publicUrl).catch(
        (error: unknown) => ({ ok: false, answer: wordsOf(error), final: false, gone: false }) as const,
      );
      if (verdict.gone) await forgetPush(rt, browser.id);
      return verdict;
    }),
  );
  const best = verdicts.find((v) => v.ok) ?? verdicts.find((v) => !v.ok && !v.final) ?? verdicts[0] ?? hopelessVerdict;
  return outcomeOf(best);
}
const hopelessVerdict: Verdict = { ok: false, answer: 'no browser is subscribed', final: true };

export function wordsOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

async function toPerson(rt: Runtime, row: Claimed, rows: readonly ChannelRow[]): Promise<Outcome> {
  const kind = row.channel === 'voice' || row.channel === 'email' ? row.channel : 'sms';
  const { account_id: account } = row;
  // An account's address is looked up each time: it may have been put right since.
  const address =
    account === null
      ? row.target_sealed && rt.keys.decrypt('notify-phone', row.target_sealed)
      : await rt.system('notify', (tx) => (kind === 'email' ? emailOf(tx, account) : phoneForSending(tx, account)));
  if (address === null || address === '') return hopeless('no address');
  const mask = kind === 'email' ? maskEmail(address) : maskPhone(address);
  const target = { sealed: rt.keys.encrypt('notify-phone', address), mask };
  try {
    return outcomeOf(await senderFor(rt, rows, kind)(address, outgoing(rt, row, 'field')), target);
  } catch (error) {
    return { kind: 'failed', answer: wordsOf(error), final: false, target };
  }
}

export async function sendOne(rt: Runtime, row: Claimed, rows: readonly ChannelRow[]): Promise<Outcome> {
  const nowMs = rt.clock.nowMs();
  if (templateFacts[row.template].staleMin !== undefined && nowMs > row.give_up_at.getTime())
    return { kind: 'unsent', state: 'failed', answer: 'too late' };
  // Seen in the inbox meanwhile: nobody needs to be rung up for it.
  if (row.account_id !== null && row.read && !row.urgent)
    return { kind: 'unsent', state: 'skipped', answer: 'read already' };
  try {
    if (row.channel === 'push') return await pushAll(rt, row);
    if (row.channel !== 'chat') return await toPerson(rt, row, rows);
    const group = rows.find((r) => r.id === row.channel_id && r.enabled);
    if (!group) return hopeless('the channel was removed');
    return outcomeOf(await senderOf(rt, group)('', outgoing(rt, row, 'console')));
  } catch (error) {
    return { kind: 'failed', answer: wordsOf(error), final: false };
  }
}
