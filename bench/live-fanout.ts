import { rng } from '@wangge/geo';
import { inTurn, signIn } from './support/accounts.ts';
import { openStreams } from './support/event-streams.ts';
import { percentile, spread } from './support/percentile.ts';
import { startPlatform } from './support/platform.ts';
import { reporterFor } from './support/reports.ts';

const clients = 1000;
const changes = 80;
const warmUp = 10;
/** A change that has not arrived by then is a lost one. */
const patienceMs = 10_000;

/** One change, a thousand browsers: how long until the last of them knows? */
export const bench = {
  name: 'live-fanout',
  about: `a report is sent, ${clients} live streams hear of it: time until the last one has`,
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log);
    try {
      const cookies = await signIn(platform, ['diaodu', 'diaodu', 'lingdao', 'lingdao']);
      const desk = platform.client({ cookie: cookies[0] ?? '' });
      const reporter = await reporterFor(platform, desk);
      const waiting = new Map<string, Change>();
      const early = new Map<string, Change>();
      const streams = await openStreams(platform.url, inTurn(cookies, clients), (_stream, event) => {
        if (event.event !== 'message') return;
        const { type, id } = JSON.parse(event.data) as { type: string; id: string };
        if (type !== 'incidents.changed') return;
        // Streams may hear of it before the answer names it.
        const change = waiting.get(id) ?? early.get(id) ?? new Change();
        if (!waiting.has(id)) early.set(id, change);
        change.heard();
      });
      log(`${clients} streams are open, server at ${platform.pssMib().toFixed(0)} MiB`);

      const random = rng(7);
      const fromSent: number[] = [];
      const fromAnswer: number[] = [];
      const cpuBefore = platform.apiCpuSeconds();
      for (let n = 0; n < changes + warmUp; n++) {
        const sentMs = performance.now();
        const { id } = await desk.json<{ id: string }>('POST', '/api/incidents', reporter.body());
        const answeredMs = performance.now();
        const change = early.get(id) ?? new Change();
        waiting.set(id, change);
        await change.by(clients, patienceMs);
        if (n >= warmUp) {
          fromSent.push(change.lastMs - sentMs);
          fromAnswer.push(Math.max(0, change.lastMs - answeredMs));
        }
        // Sometimes within the time for which the server gathers changes, sometimes after a quiet while.
        await new Promise((done) => setTimeout(done, 600 * random()));
      }
      const cpu = (platform.apiCpuSeconds() - cpuBefore) / (changes + warmUp);
      streams.close();
      desk.close();
      log(`from the answer to the report until the last has it: ${spread(fromAnswer)}`);
      log(`from the sending of the report until the last has it: ${spread(fromSent)}`);
      log(`${(cpu * 1000).toFixed(1)} ms of the API's processor time a change, ${streams.lost} streams lost`);
      if (streams.lost > 0) throw new Error('streams were lost');
      // From the sending: the commit is somewhere before the answer, so this is never too good.
      return { p95_ms: Math.round(percentile(fromSent, 0.95) * 10) / 10 };
    } finally {
      await platform.stop();
    }
  },
};

class Change {
  lastMs = 0;
  #count = 0;
  #wanted = Number.POSITIVE_INFINITY;
  #done: () => void = () => undefined;

  heard(): void {
    this.#count++;
    this.lastMs = performance.now();
    if (this.#count >= this.#wanted) this.#done();
  }
  async by(count: number, patience: number): Promise<void> {
    this.#wanted = count;
    if (this.#count >= count) return;
    await new Promise<void>((done, fail) => {
      const timer = setTimeout(() => fail(new Error(`only ${this.#count} of ${count} heard of a change`)), patience);
      this.#done = () => {
        clearTimeout(timer);
        done();
      };
    });
  }
}
