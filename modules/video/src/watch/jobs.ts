import type { JobHandler } from '@wangge/kernel';
import { endSilentViews } from './views.ts';

export const watchJobs: Readonly<Record<string, JobHandler>> = { 'video.end-silent-views': endSilentViews };
export const watchCron: Readonly<Record<string, string>> = { 'video.end-silent-views': '* * * * *' };
