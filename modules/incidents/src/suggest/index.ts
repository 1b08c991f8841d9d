/** The learner alone, without database or HTTP. */
export { learn, type Lesson } from './learn.ts';
export type { Example } from './prepare.ts';
export { suggest, type Suggestion } from './suggest.ts';
