import type { PointState } from '@wangge/patrols/contract';

/** Beside the word, so that no state rests on its colour. */
export const pointMarks: Readonly<Record<PointState, string>> = {
  waiting: '○',
  done: '✓',
  missed: '!',
  'called-off': '–',
};
