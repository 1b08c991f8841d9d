/**
 * Sends what is due. State is in the tables: a process that dies loses nothing, and any number of processes may
 * deliver at once.
 */
import type { Runtime } from '@wangge/kernel';
import { channelRows } from './channels.ts';
import { claimDue, type Claimed } from './claim.ts';
import { sendOne } from './send-one.ts';
import { settle } from './settle.ts';

const batch = 32;
/** At the same time: a provider that hangs must not hold up all the others. */
const abreast = 8;

async function attempt(rt: Runtime, row: Claimed, rows: Awaited<ReturnType<typeof channelRows>>): Promise<void> {
  const outcome = await sendOne(rt, row, rows);
  if (outcome.kind === 'failed') {
    rt.log.warn({ delivery: row.id, channel: row.channel, answer: outcome.answer }, 'a message did not go out');
  }
  await settle(rt, row, outcome);
}

/** Everything that is due now, emergencies first. Answers how many attempts it made. */
export async function deliverDue(rt: Runtime): Promise<number> {
  let made = 0;
  for (;;) {
    const due = await claimDue(rt, batch);
    if (due.length === 0) return made;
    made += due.length;
    const rows = await rt.system('notify', channelRows);
    const waiting = [...due];
    const work = async (): Promise<void> => {
      for (let row = waiting.shift(); row; row = waiting.shift()) await attempt(rt, row, rows);
    };
    await Promise.all(Array.from({ length: abreast }, work));
  }
}

/** Looks three times a second: an index that holds nothing due costs a fraction of a millisecond. */
const everyMs = 333;

export function keepDelivering(rt: Runtime): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const work = async (): Promise<void> => {
    await deliverDue(rt).catch((error: unknown) => rt.log.warn({ err: String(error) }, 'deliveries: will try again'));
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
