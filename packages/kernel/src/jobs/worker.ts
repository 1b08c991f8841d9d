/** Runs the jobs that transactions left behind. Each runs at least once, with growing pauses between tries. */
import { Logger, parseCronItems, run, type Runner, type TaskList } from 'graphile-worker';
import { keepSealing } from '../audit/keep-sealing.ts';
import { makePool } from '../db/pool.ts';
import type { Runtime } from '../runtime.ts';
import { jobsApplication, unlockAbandoned } from './unlock.ts';

export interface JobsOptions {
  readonly concurrency?: number;
}

/** graphile-worker's own tables belong to the owner, so its pool connects as the owner; handlers use `rt`. */
export async function startJobs(rt: Runtime, options: JobsOptions = {}): Promise<{ stop(): Promise<void> }> {
  const taskList: TaskList = {};
  for (const [task, handler] of rt.registry.jobs()) {
    taskList[task] = async (payload) => {
      await handler(rt, (payload ?? {}) as Record<string, unknown>);
    };
  }
  const parsedCronItems = parseCronItems(
    rt.registry.modules.flatMap((m) =>
      Object.entries(m.cron ?? {}).map(([task, match]) => ({
        task,
        match,
        // After a long stop each is due once, not as often as it was missed.
        options: { jobKey: `cron:${task}`, maxAttempts: 3 },
      })),
    ),
  );
  const pool = makePool({
    url: rt.config.ownerUrl,
    max: (options.concurrency ?? 4) + 2,
    name: jobsApplication,
    onError: (error) => rt.log.warn({ err: error.message }, 'jobs: a database connection was lost'),
  });
  const freed = await unlockAbandoned(pool);
  if (freed > 0) rt.log.warn({ workers: freed }, 'jobs: took over what a killed runner had begun');
  const runner: Runner = await run({
    pgPool: pool,
    taskList,
    parsedCronItems,
    concurrency: options.concurrency ?? 4,
    noHandleSignals: true,
    pollInterval: 2000,
    preset: { worker: { useNodeTime: false } },
    logger: quietLogger(rt),
  });
  const sealing = keepSealing(rt);
  const keepers = rt.registry.modules.flatMap((m) => (m.keep ? [m.keep(rt)] : []));
  return {
    async stop() {
      await Promise.all(keepers.map((stop) => stop()));
      await runner.stop();
      await sealing.stop();
      await pool.end();
    },
  };
}

/** graphile-worker tells every job it finishes; only what went wrong belongs in our log. */
function quietLogger(rt: Runtime): Logger {
  return new Logger((scope) => (level, message) => {
    if (level === 'error' || level === 'warning')
      rt.log.warn({ task: scope.taskIdentifier, job: scope.jobId }, message);
  });
}
