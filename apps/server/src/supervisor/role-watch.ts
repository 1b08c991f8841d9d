/** Ends a role that stands still or grows past its memory; its keeper starts it again. */
import { complain } from '../terminal.ts';
import type { Child } from './child.ts';

export interface WatchLimits {
  /** Without a sign of life for this long, the event loop stands still. */
  readonly silentMs: number;
  /** Resident memory, bytes, over three checks. */
  readonly rssBytes: number;
  readonly everyMs?: number;
}

/** Watch until the child ends. */
export function watchRole(child: Child, limits: WatchLimits): void {
  let over = 0;
  const timer = setInterval(() => {
    if (performance.now() - child.lastBeatMs() > limits.silentMs) {
      complain(`${child.name} has not answered for ${Math.round(limits.silentMs / 1000)} s and is killed`);
      return child.kill();
    }
    over = child.rssBytes() > limits.rssBytes ? over + 1 : 0;
    if (over < 3) return undefined;
    over = 0;
    complain(`${child.name} uses ${Math.round(child.rssBytes() / 2 ** 20)} MiB and is started afresh`);
    // Gently: what it is doing is finished first.
    return void child.stop();
  }, limits.everyMs ?? 2000);
  timer.unref();
  void child.exited.then(() => clearInterval(timer));
}
