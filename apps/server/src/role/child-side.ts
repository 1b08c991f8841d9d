/** The child's side of the supervisor's protocol. */
import { lineOf } from '../failure.ts';
import { type FromChild, type RoleSetup, type ToChild, beatMs } from '../protocol.ts';
import { outliveTerminal } from '../terminal.ts';

/** Say something to the supervisor; resolves when it has left this process. */
export function report(message: FromChild): Promise<void> {
  return new Promise((done) => {
    if (!process.send || !process.connected) return done();
    process.send(message, () => done());
  });
}

/**
 * Run a role: `start` gets the setup and answers how to stop. The role stops when the supervisor says
 * so, at SIGTERM, and when the supervisor is gone, whatever killed it.
 */
export function runRole(start: (setup: RoleSetup) => Promise<() => Promise<void>>): void {
  outliveTerminal();
  const beats = setInterval(() => void report({ type: 'beat', rssBytes: process.memoryUsage.rss() }), beatMs);
  let started: Promise<() => Promise<void>> | undefined;
  let stopping = false;
  const stop = (): void => {
    if (stopping) return;
    stopping = true;
    // Whatever hangs, an orphan must not outlive its supervisor for long.
    setTimeout(() => process.exit(1), 20_000).unref();
    void (async () => {
      const end = await started;
      await end?.();
    })().then(
      () => process.exit(0),
      (error: unknown) => fail(error),
    );
  };
  const fail = (error: unknown): void => {
    clearInterval(beats);
    void report({ type: 'fatal', line: lineOf(error) }).then(() => process.exit(1));
  };
  process.on('message', (message) => {
    const told = message as ToChild;
    if (told.type === 'stop') return stop();
    started = start(told.setup);
    return void started.catch(fail);
  });
  process.on('disconnect', stop);
  process.on('SIGTERM', stop);
  // The terminal's Ctrl-C is the supervisor's to handle.
  process.on('SIGINT', () => undefined);
}

/** Run a task: `work` answers a value, and the process ends. */
export function runTask<T>(work: (setup: RoleSetup) => Promise<T>): void {
  outliveTerminal();
  const beats = setInterval(() => void report({ type: 'beat', rssBytes: process.memoryUsage.rss() }), beatMs);
  const leave = (): void => process.exit(1);
  process.on('disconnect', leave);
  process.on('SIGINT', () => undefined);
  process.on('message', (message) => {
    const told = message as ToChild;
    // A task is one transaction at a time: dropping it loses nothing that it said was done.
    if (told.type === 'stop') return leave();
    return void work(told.setup)
      .then(
        (value) => report({ type: 'result', value }),
        (error: unknown) => report({ type: 'fatal', line: lineOf(error) }).then(() => (process.exitCode = 1)),
      )
      .finally(() => {
        clearInterval(beats);
        process.exit();
      });
  });
}
