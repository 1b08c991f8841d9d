/** Asks a camera by ONVIF, in the thread that does. */
import { Worker } from 'node:worker_threads';
import type { OnvifAddress } from './onvif-address.ts';
import type { FromThread, OnvifAnswers, OnvifCall, OnvifProblem, ToThread } from './thread-calls.ts';

/** Connecting takes four questions. */
const patienceMs = 10_000;

export class OnvifFailure extends Error {
  readonly problem: OnvifProblem;
  constructor(problem: OnvifProblem, message: string) {
    super(message);
    this.name = 'OnvifFailure';
    this.problem = problem;
  }
}

interface Waiting {
  readonly done: (value: unknown) => void;
  readonly failed: (error: OnvifFailure) => void;
}
let thread: Worker | undefined;
let nextId = 1;
const waiting = new Map<number, Waiting>();

/** @throws OnvifFailure */
export function askCamera<C extends OnvifCall>(
  address: OnvifAddress,
  call: C,
  timeoutMs = patienceMs,
): Promise<OnvifAnswers[C['do']]> {
  const id = nextId++;
  return new Promise((done, failed) => {
    const timer = setTimeout(() => {
      waiting.delete(id);
      failed(new OnvifFailure('silent', 'no answer in time'));
    }, timeoutMs);
    waiting.set(id, {
      done: (value) => {
        clearTimeout(timer);
        done(value as OnvifAnswers[C['do']]);
      },
      failed: (error) => {
        clearTimeout(timer);
        failed(error);
      },
    });
    running().postMessage({ id, address, call } satisfies ToThread);
  });
}

/** Begun with the first question; one that broke is begun anew with the next. */
function running(): Worker {
  if (thread) return thread;
  const begun = new Worker(new URL('./onvif-thread.ts', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: 64 },
  });
  begun.unref();
  begun.on('message', (said: FromThread) => {
    const one = waiting.get(said.id);
    waiting.delete(said.id);
    if ('problem' in said) one?.failed(new OnvifFailure(said.problem, said.message));
    else one?.done(said.value);
  });
  const broken = (): void => {
    if (thread !== begun) return;
    thread = undefined;
    const lost = [...waiting.values()];
    waiting.clear();
    for (const one of lost) one.failed(new OnvifFailure('faulty', 'the thread ended'));
  };
  begun.on('error', broken);
  begun.on('exit', broken);
  thread = begun;
  return begun;
}
