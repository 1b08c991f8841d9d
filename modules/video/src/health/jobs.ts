import type { JobHandler } from '@wangge/kernel';
import { tellOutages } from './tell-outages.ts';

export const healthJobs: Readonly<Record<string, JobHandler>> = { 'video.tell-outages': tellOutages };
export const healthCron: Readonly<Record<string, string>> = { 'video.tell-outages': '* * * * *' };
