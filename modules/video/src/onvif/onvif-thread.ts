/**
 * The thread that speaks ONVIF. The library takes answers apart in callbacks that throw at what it does not expect:
 * in a thread of its own that ends no process, and the one who asked hears that the time is over.
 */
import { createHash } from 'node:crypto';
import { parentPort } from 'node:worker_threads';
import { Cam } from 'onvif';
import type { OnvifAddress } from './onvif-address.ts';
import type { FromThread, OnvifCall, OnvifProblem, ToThread } from './thread-calls.ts';
import { runCall } from './run-call.ts';

/** A camera that was not asked for so long is connected to anew. */
const keptMs = 300_000;
const replyMs = 6000;

interface Kept {
  readonly cam: Promise<Cam>;
  usedAtMs: number;
}
const cams = new Map<string, Kept>();

process.on('uncaughtException', () => undefined);
setInterval(() => {
  for (const [key, { usedAtMs }] of cams) if (performance.now() - usedAtMs > keptMs) cams.delete(key);
}, 60_000).unref();

parentPort?.on('message', (message: ToThread) => {
  void answer(message).then((said) => parentPort?.postMessage(said));
});

async function answer({ id, address, call }: ToThread): Promise<FromThread> {
  const key = keyOf(address);
  try {
    return { id, value: await withCam(key, address, call) };
  } catch (error) {
    cams.delete(key);
    const message = error instanceof Error ? error.message : String(error);
    return { id, problem: problemOf(message, error), message: message.slice(0, 300) };
  }
}

async function withCam(key: string, address: OnvifAddress, call: OnvifCall): Promise<unknown> {
  let kept = cams.get(key);
  if (!kept) {
    kept = { cam: connect(address), usedAtMs: performance.now() };
    cams.set(key, kept);
  }
  kept.usedAtMs = performance.now();
  return runCall(await kept.cam, call);
}

function connect(address: OnvifAddress): Promise<Cam> {
  return new Promise((done, failed) => {
    let warning: string | undefined;
    const cam: Cam = new Cam(
      {
        hostname: address.host,
        port: address.port,
        timeout: replyMs,
        // What a camera names of itself is often an address that only it can see.
        preserveAddress: true,
        ...(address.user === null ? {} : { username: address.user, password: address.password ?? '' }),
      },
      (error: unknown) => {
        // A camera that refuses its profiles counts as connected with the library, and is of no use.
        const wrong = error || (cam.profiles?.length ? undefined : warning);
        if (wrong) failed(asError(wrong));
        else done(cam);
      },
    );
    cam.on('warning', (text: unknown) => (warning = String(text)));
    cam.on('error', () => undefined);
  });
}
function asError(error: unknown): Error {
  return error instanceof Error ? error : new Error(String(error));
}

/** Passwords stay out of names of things. */
function keyOf({ host, port, user, password }: OnvifAddress): string {
  return createHash('sha256')
    .update(JSON.stringify([host, port, user, password]))
    .digest('base64');
}

function problemOf(message: string, error: unknown): OnvifProblem {
  if (/not ?authorized|authentication failed|unauthorized|\b401\b|\b403\b/i.test(message)) return 'refused';
  if (/timeout/i.test(message)) return 'silent';
  return typeof (error as NodeJS.ErrnoException).code === 'string' ? 'offline' : 'faulty';
}
