/** One child process of the supervisor: forked with its setup, watched, stopped. */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { complain } from '../terminal.ts';
import type { ChildName, FromChild, RoleSetup, ToChild } from '../protocol.ts';

export interface ChildLimits {
  /** `--max-old-space-size`, MiB. */
  readonly heapMb: number;
  /** `--max-semi-space-size`, MiB: room for young objects. Small where nobody waits for an answer. */
  readonly youngMb: number;
}

export interface ChildEnd {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  /** What the child itself said it died of. */
  readonly fatal: string | undefined;
}

export interface Child {
  readonly name: ChildName;
  readonly pid: number;
  readonly exited: Promise<ChildEnd>;
  /** When the child last gave a sign of life, `performance.now()`. */
  lastBeatMs(): number;
  rssBytes(): number;
  /** Ask it to finish what it does; by force when it does not within the time. */
  stop(graceMs?: number): Promise<ChildEnd>;
  kill(): void;
}

const programs: Readonly<Record<ChildName, string>> = {
  media: 'role/media.ts',
  api: 'role/api.ts',
  jobs: 'role/jobs.ts',
  sip: 'role/sip.ts',
  prepare: 'role/prepare.ts',
  history: 'role/history.ts',
};

/** Fork a child; `hear` gets all it says but its signs of life. `program`: a benchmark's own in place of the role's. */
export function startChild(
  name: ChildName,
  setup: RoleSetup,
  limits: ChildLimits,
  hear: (message: FromChild) => void = () => undefined,
  program = join(import.meta.dirname, '..', programs[name]),
): Child {
  const process_ = fork(program, [], {
    // A session of its own: Ctrl-C goes to the supervisor, which stops its children in order.
    detached: true,
    serialization: 'advanced',
    execArgv: [`--max-old-space-size=${limits.heapMb}`, `--max-semi-space-size=${limits.youngMb}`],
    env: {
      ...process.env,
      NODE_ENV: process.env['NODE_ENV'] ?? 'production',
      // glibc keeps an arena per thread otherwise; with the pool's threads that is tens of MB of freed memory.
      MALLOC_ARENA_MAX: process.env['MALLOC_ARENA_MAX'] ?? '2',
    },
  });
  let lastBeatMs = performance.now();
  let rssBytes = 0;
  let fatal: string | undefined;
  process_.on('message', (message) => {
    const said = message as FromChild;
    lastBeatMs = performance.now();
    if (said.type === 'beat') {
      rssBytes = said.rssBytes;
      return;
    }
    if (said.type === 'fatal') fatal = said.line;
    hear(said);
  });
  const exited = new Promise<ChildEnd>((done) => {
    process_.once('exit', (code, signal) => done({ code, signal, fatal }));
    process_.once('error', (error) => done({ code: null, signal: null, fatal: error.message }));
  });
  tell(process_, { type: 'setup', setup });
  return {
    name,
    pid: process_.pid ?? 0,
    exited,
    lastBeatMs: () => lastBeatMs,
    rssBytes: () => rssBytes,
    async stop(graceMs = 15_000) {
      tell(process_, { type: 'stop' });
      const timeout = new AbortController();
      const late = delay(graceMs, undefined, { signal: timeout.signal }).then(
        () => {
          complain(`${name} did not stop within ${graceMs / 1000} s and was killed`);
          process_.kill('SIGKILL');
        },
        () => undefined,
      );
      const end = await exited;
      timeout.abort();
      await late;
      return end;
    },
    kill: () => void process_.kill('SIGKILL'),
  };
}

/** A child that is just dying has no channel any more; its exit tells the rest. */
function tell(child: ChildProcess, message: ToChild): void {
  if (child.connected) child.send(message, () => undefined);
}
