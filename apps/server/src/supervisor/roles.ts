/** Starts the roles and keeps them; runs tasks to their end. */
import { setTimeout as delay } from 'node:timers/promises';
import { Failure } from '../failure.ts';
import type { RoleName } from '../options.ts';
import type { FromChild, RoleSetup, TaskName } from '../protocol.ts';
import { complain } from '../terminal.ts';
import { type Child, type ChildEnd, type ChildLimits, startChild } from './child.ts';
import { type Keeper, keep } from './keeper.ts';
import { watchRole } from './role-watch.ts';

const mib = 2 ** 20;

/** Heap and resident limits. The whole tree with PostgreSQL stays within 600 MB. */
export const roleLimits: Readonly<Record<RoleName | TaskName, ChildLimits & { rssMb: number }>> = {
  // Pictures lie outside the heap; 40 cameras recorded take some 200 MB, 200 cameras 250 MB. Much is short-lived.
  media: { heapMb: 512, youngMb: 32, rssMb: 1536 },
  api: { heapMb: 320, youngMb: 16, rssMb: 640 },
  jobs: { heapMb: 224, youngMb: 4, rssMb: 480 },
  sip: { heapMb: 128, youngMb: 4, rssMb: 320 },
  prepare: { heapMb: 512, youngMb: 16, rssMb: 1024 },
  history: { heapMb: 80, youngMb: 1, rssMb: 640 },
};
/** A role that says nothing for this long is killed; the longest work on the event loop is far below. */
const silentMs = 30_000;
const readyTimeoutMs = 60_000;

export interface RunningRole extends Keeper {
  /** The port that it listens on. */
  readonly port: number | undefined;
}

/** @throws Failure when the role cannot start the first time; later ends are mended by starting again */
export async function keepRole(name: RoleName, setup: RoleSetup): Promise<RunningRole> {
  let port: number | undefined;
  const keeper = await keep({
    name,
    onTrouble: complain,
    onRecovered: () => complain(`${name} runs again`),
    async start() {
      const { rssMb, ...limit } = roleLimits[name];
      let ready: (message: FromChild) => void = () => undefined;
      const readiness = new Promise<FromChild>((done) => (ready = done));
      // What is restarted takes the port it had, also when it was chosen by the system.
      const again = port === undefined ? setup : { ...setup, [name === 'media' ? 'mediaPort' : 'port']: port };
      const child = startChild(name, again, limit, (message) => message.type === 'ready' && ready(message));
      watchRole(child, { silentMs, rssBytes: rssMb * mib });
      const timeout = new AbortController();
      const first = await Promise.race([
        readiness,
        child.exited,
        delay(readyTimeoutMs, undefined, { signal: timeout.signal }).catch(() => undefined),
      ]);
      timeout.abort();
      if (first === undefined || !('type' in first)) {
        child.kill();
        const end = await child.exited;
        throw new Failure(first === undefined ? `${name} was not ready within a minute` : whyEnded(name, end));
      }
      if (first.type === 'ready') port = first.port;
      return { stop: async () => void (await child.stop()), ended: child.exited.then(describeEnd) };
    },
  });
  return { stop: () => keeper.stop(), port };
}

function whyEnded(name: string, end: ChildEnd): string {
  return end.fatal ?? `${name} ${describeEnd(end)}`;
}
function describeEnd(end: ChildEnd): string {
  return `ended (${end.fatal ?? end.signal ?? `code ${end.code}`})`;
}

export interface RunningTask<T> {
  readonly result: Promise<T>;
  stop(): Promise<void>;
}

/** Run a task in a process of its own, so that what it needs of memory is given back. */
export function startTask<T>(
  name: TaskName,
  setup: RoleSetup,
  onProgress: (message: FromChild & { type: 'progress' }) => void = () => undefined,
): RunningTask<T> {
  let value: { readonly of: unknown } | undefined;
  const child: Child = startChild(name, setup, roleLimits[name], (message) => {
    if (message.type === 'progress') onProgress(message);
    if (message.type === 'result') value = { of: message.value };
  });
  const result = child.exited.then((end) => {
    if (value === undefined) throw new Failure(whyEnded(name, end));
    return value.of as T;
  });
  // Whoever stops the task does not wait for its result.
  result.catch(() => undefined);
  return { result, stop: async () => void (await child.stop(2000)) };
}
