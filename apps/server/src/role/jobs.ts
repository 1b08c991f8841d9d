/** The role that runs jobs: deadlines, messages, reactions to events, work by the clock. */
import { openRuntime, startJobs } from '@wangge/kernel';
import { modules } from '../modules.ts';
import { report, runRole } from './child-side.ts';
import { configOf } from './config.ts';

runRole(async (setup) => {
  const rt = await openRuntime(configOf(setup, 6), modules);
  const jobs = await startJobs(rt);
  await report({ type: 'ready' });
  return async () => {
    await jobs.stop();
    await rt.close();
  };
});
