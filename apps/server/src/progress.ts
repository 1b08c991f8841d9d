/** Progress of long work: a bar on a terminal, a plain line now and then elsewhere. */
import { SingleBar } from 'cli-progress';
import { say } from './terminal.ts';

export interface Progress {
  /** @param total may grow while the work finds out how much there is */
  update(done: number, total: number): void;
  /** The work is over; says how long it took. */
  end(): void;
}

export interface ProgressOptions {
  readonly isTty?: boolean;
  readonly nowMs?: () => number;
  readonly print?: (line: string) => void;
}

/** Between two plain lines: enough to see that it lives, few enough for a log. */
const plainEveryMs = 5000;

/** @param what of what the numbers are, `importing incidents` */
export function startProgress(what: string, options: ProgressOptions = {}): Progress {
  const isTty = options.isTty ?? process.stdout.isTTY === true;
  const nowMs = options.nowMs ?? (() => performance.now());
  const print = options.print ?? say;
  const startedMs = nowMs();
  const took = (): string => `${((nowMs() - startedMs) / 1000).toFixed(1)} s`;
  if (isTty) {
    const bar = new SingleBar({
      format: `${what} {bar} {percentage} % | {value}/{total} | {eta_formatted}`,
      hideCursor: true,
    });
    bar.start(1, 0);
    return {
      update(done, total) {
        bar.setTotal(total);
        bar.update(done);
      },
      end: () => bar.stop(),
    };
  }
  let printedMs = startedMs;
  let last = '';
  return {
    update(done, total) {
      last = `${done} of ${total}`;
      if (nowMs() - printedMs < plainEveryMs) return;
      printedMs = nowMs();
      print(`${what}: ${last} (${took()})`);
    },
    end: () => print(`${what}: ${last === '' ? 'ended' : last} (${took()})`),
  };
}
