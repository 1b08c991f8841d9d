import type { JobHandler } from '@wangge/kernel';
import { runTask } from './tests/ask-test.ts';
import { forgetTests, runTest } from './tests/run-test.ts';

export const cameraJobs: Readonly<Record<string, JobHandler>> = {
  [runTask]: (rt, { testId }) => runTest(rt, String(testId)),
  'video.forget-tests': forgetTests,
};
export const cameraCron: Readonly<Record<string, string>> = { 'video.forget-tests': '17 * * * *' };
