import type { JobHandler } from '@wangge/kernel';
import { publishDue } from './actions/publish-due.ts';
import { publishDueTask } from './actions/publish-version.ts';

export const areasJobs: Readonly<Record<string, JobHandler>> = {
  [publishDueTask]: (rt) => publishDue(rt),
};

/** Each minute besides the moment itself: a draft must not be missed because a job was lost or clocks differ. */
export const areasCron = { [publishDueTask]: '* * * * *' };
