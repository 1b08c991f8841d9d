/** Frames of a camera behind a GB/T 28181 device, for a media worker. */
import type { Runtime } from '@wangge/kernel';
import { z } from 'zod';
import type { FrameSource, OpenSource, SourceHandlers } from '../media/hub.ts';
import { GbStream } from './gb-stream.ts';
import { askSip } from './inner-client.ts';
import type { PortRange } from './media-port.ts';

export interface GbSourceOptions {
  /** Ports that devices send to; 30000 to 30500 unless told. */
  readonly ports?: PortRange;
  /** What devices are told to send to; unless told the address of the SIP process's machine. */
  readonly mediaHost?: string;
  /** A stream from which nothing comes for so long is asked for anew; 10 s unless told. */
  readonly silentMs?: number;
}

const sourceSchema = z.object({
  deviceId: z.string(),
  channelId: z.string(),
  transport: z.enum(['udp', 'tcp-passive', 'tcp-active']).default('tcp-passive'),
});
const firstPauseMs = 1000;
const longestPauseMs = 15_000;
/** After running this long, earlier failures are forgotten. */
const healthyMs = 30_000;
const keyEveryMs = 1000;

/** Tries again by itself until it is closed; the variant makes no difference, a channel is one stream. */
export function openGbSource(rt: Runtime, options: GbSourceOptions = {}): OpenSource {
  return (target, handlers) => {
    const source = sourceSchema.parse(target.source);
    return keepStream(rt, source, handlers, options);
  };
}

function keepStream(
  rt: Runtime,
  source: z.infer<typeof sourceSchema>,
  handlers: SourceHandlers,
  options: GbSourceOptions,
): FrameSource {
  const closing = new AbortController();
  const { ports = { from: 30_000, to: 30_500 }, mediaHost, silentMs = 10_000 } = options;
  let keyAtMs = -Infinity;

  async function run(): Promise<void> {
    let pauseMs = firstPauseMs;
    while (!closing.signal.aborted) {
      const startedMs = performance.now();
      const stream = new GbStream(rt, { ...source, ports, mediaHost, silentMs }, handlers);
      const problem = await stream.run(closing.signal);
      if (closing.signal.aborted || problem === null) return;
      handlers.onProblem(problem.problem, problem.reason);
      if (performance.now() - startedMs > healthyMs) pauseMs = firstPauseMs;
      await pause(pauseMs, closing.signal);
      pauseMs = Math.min(longestPauseMs, pauseMs * 2);
    }
  }
  void run().catch((error: unknown) => rt.log.error({ err: error }, 'a stream of a device broke'));
  return {
    requestKey() {
      if (performance.now() - keyAtMs < keyEveryMs) return;
      keyAtMs = performance.now();
      // A wish: devices that cannot send one anyway send the next in a few seconds.
      askSip(rt, 'key', source, 5000).catch(() => undefined);
    },
    close: () => closing.abort(),
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((done) => {
    if (signal.aborted) return done();
    const timer = setTimeout(finish, ms);
    function finish(): void {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      done();
    }
    signal.addEventListener('abort', finish);
  });
}
