/** Tells who is late, once for each whistle. What is due lies in the table, so that a killed process loses none. */
import { asPlatform } from '@wangge/incidents';
import type { Runtime } from '@wangge/kernel';
import { tellOf } from './step.ts';
import { callsOf, markLateTold, overdueWhistles } from './store.ts';

const batch = 50;
/** An index that holds nothing due costs a fraction of a millisecond. */
const everyMs = 500;

/** Does all that is due now. @returns how many whistles were over their time */
export async function keepWhistles(rt: Runtime): Promise<number> {
  return rt.system('dispatch', (tx) =>
    asPlatform(tx, async () => {
      const due = await overdueWhistles(tx, batch);
      if (due.length === 0) return 0;
      const ids = due.map((w) => w.id);
      const missing = (await callsOf(tx, ids)).filter((c) => c.presentMs === null);
      await markLateTold(tx, ids);
      for (const whistle of due) {
        const late = missing.filter((c) => c.whistleId === whistle.id).map((c) => c.departmentName);
        if (late.length === 0) continue;
        await tellOf(tx, whistle, { move: 'late', reason: late.join('、'), bySystem: true });
        tx.addJob('dispatch.tell-whistle', { whistleId: whistle.id, about: 'late' });
      }
      return due.length;
    }),
  );
}

export function whistleKeeper(rt: Runtime): () => Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  const work = async (): Promise<void> => {
    await keepWhistles(rt).catch((error: unknown) => rt.log.warn({ err: String(error) }, 'whistles: will try again'));
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
