/**
 * Sends what is due. State is in the tables: a process that dies loses nothing, and any number of processes may
 * deliver at once.
 */
import type { Runtime } from '@wangge/kernel';
import { channelRows } from './channels.ts';
import { claimDue, type Claimed } from './claim.ts';
import { sendOne } from './send-one.ts';
import { settle } from './settle.ts';

/** At the same time: a provider that hangs must not hold up all the others. */
const abreast = 8;

async function attempt(rt: Runtime, row: Claimed): Promise<void> {
  const channels = await rt.system('notify', channelRows);
  const outcome = await sendOne(rt, row, channels);
  if (outcome.kind === 'failed') {
    rt.log.warn({ delivery: row.id, channel: row.channel, answer: outcome.answer }, 'a message did not go out');
  }
  await settle(rt, row, outcome);
}

/**
 * Everything that is due now, emergencies first. Answers how many attempts it made. Nothing is claimed before
 * somebody is free to send it: what waited for its turn behind a slow provider would outlive its lease.
 * @param goesOn asked before each further one: whoever stops need not wait for a long queue
 */
export async function deliverDue(rt: Runtime, goesOn: () => boolean = () => true): Promise<number> {
  const queue = await claimDue(rt, abreast);
  let made = queue.length;
  const work = async (own: Claimed): Promise<void> => {
    for (let row: Claimed | undefined = own; row; [row] = goesOn() ? await claimDue(rt, 1) : []) {
      if (row !== own) made++;
      await attempt(rt, row);
    }
  };
  await Promise.all(queue.map(work));
  return made;
}

/** Looks three times a second: an index that holds nothing due costs a fraction of a millisecond. */
const everyMs = 333;

export function keepDelivering(rt: Runtime): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const work = async (): Promise<void> => {
    await deliverDue(rt, () => !stopped).catch((error: unknown) =>
      rt.log.warn({ err: String(error) }, 'deliveries: will try again'),
    );
    if (stopped) return;
    timer = setTimeout(() => (working = work()), everyMs);
    timer.unref();
  };
  let working = work();
  return async () => {
    stopped = true;
    clearTimeout(timer);
    await working;
  };
}
