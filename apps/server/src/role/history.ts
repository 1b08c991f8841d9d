/** The task that gives the demo town its past, while people already use it. */
import { openRuntime } from '@wangge/kernel';
import { seedPast } from '../demo.ts';
import { modules } from '../modules.ts';
import { report, runTask } from './child-side.ts';
import { configOf } from './config.ts';
import { markHistoryDone, readTown } from './town-kind.ts';

runTask(async (setup): Promise<null> => {
  const rt = await openRuntime(configOf(setup, 3), modules);
  try {
    const { madeAtMs } = await readTown(setup.ownerUrl);
    await seedPast(rt, madeAtMs, (done, total) => void report({ type: 'progress', text: '', done, total }));
    await markHistoryDone(setup.ownerUrl);
    return null;
  } finally {
    await rt.close();
  }
});
