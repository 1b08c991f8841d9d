export { routesIn } from './routes-in.ts';
export { openTestTown, testActor, type TestTown } from './town.ts';
export { until } from './until.ts';
