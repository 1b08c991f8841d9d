/** Clients that each send the next request when the last one is answered. */

interface Answer {
  readonly status: number;
  readonly body: Buffer;
  readonly ms: number;
}

export interface LoopResult {
  /** Answers with status 200, all clients together. */
  readonly done: number;
  readonly perS: number;
  /** Milliseconds of each. */
  readonly times: number[];
  /** Any other answer: a benchmark with failures measures nothing, so its author decides what to do. */
  readonly failures: readonly string[];
}

/**
 * @param warmUpS not counted: compilers, caches and connections settle
 * @param next sends request number `n` of client `client`
 */
export async function closedLoop(options: {
  clients: number;
  warmUpS: number;
  measureS: number;
  next: (client: number, n: number) => Promise<Answer>;
}): Promise<LoopResult> {
  const times: number[] = [];
  const failures: string[] = [];
  const start = performance.now() + options.warmUpS * 1000;
  const end = start + options.measureS * 1000;
  const run = async (client: number): Promise<void> => {
    for (let n = 0; ; n++) {
      const began = performance.now();
      if (began >= end) return;
      const answer = await options.next(client, n);
      if (answer.status !== 200) failures.push(`${answer.status} ${answer.body.toString().slice(0, 200)}`);
      else if (began >= start) times.push(answer.ms);
    }
  };
  await Promise.all(Array.from({ length: options.clients }, (_, client) => run(client)));
  const seconds = (performance.now() - start) / 1000;
  return { done: times.length, perS: times.length / seconds, times, failures };
}
