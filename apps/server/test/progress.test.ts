import { expect, it } from 'vitest';
import { startProgress } from '../src/progress.ts';

it('prints a plain line now and then where there is no terminal', () => {
  const lines: string[] = [];
  let nowMs = 0;
  const progress = startProgress('importing', { isTty: false, nowMs: () => nowMs, print: (line) => lines.push(line) });
  for (let done = 1; done <= 1000; done++) {
    nowMs += 20;
    progress.update(done, 1000);
  }
  progress.end();
  expect(lines).toEqual([
    'importing: 250 of 1000 (5.0 s)',
    'importing: 500 of 1000 (10.0 s)',
    'importing: 750 of 1000 (15.0 s)',
    'importing: 1000 of 1000 (20.0 s)',
    'importing: 1000 of 1000 (20.0 s)',
  ]);
});
