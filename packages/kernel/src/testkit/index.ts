export { openTestTown, testActor, type TestTown } from './town.ts';
export { until } from './until.ts';
