/** Reports at an even pace, whether or not the ones before are answered. */
import type { Client } from './http.ts';
import type { Reporter } from './reports.ts';

/**
 * Starts writing; the answer stops it and waits for what is under way.
 *
 * @param took told the milliseconds of each report
 */
export function writeSteadily(
  client: Client,
  reporter: Reporter,
  perS: number,
  took: (ms: number) => void,
): () => Promise<void> {
  const open = new Set<Promise<void>>();
  const startedMs = performance.now();
  let sent = 0;
  const timer = setInterval(() => {
    // By the clock and not by the timer, which comes late when this process is busy.
    for (const due = ((performance.now() - startedMs) / 1000) * perS; sent < due; sent++) {
      const one = client.call('POST', '/api/incidents', reporter.body()).then((answer) => {
        if (answer.status !== 200) throw new Error(`a report failed: ${answer.status} ${answer.body.toString()}`);
        took(answer.ms);
      });
      open.add(one);
      void one.finally(() => open.delete(one));
    }
  }, 500 / perS);
  return async () => {
    clearInterval(timer);
    await Promise.all(open);
  };
}
