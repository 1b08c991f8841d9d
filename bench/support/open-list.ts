/** One open list: hears of changes, waits as the front ends do, loads again as a browser does. */
import { Agent } from 'node:http';
import { coalesce } from '../../packages/client/src/live/coalesce.ts';
import { type Client, httpClient } from './http.ts';

/** What all lists of a run have met together. */
export class ListTally {
  /** Only then anything is noted but failures. */
  counting = false;
  /** Milliseconds of each loading. */
  readonly times: number[] = [];
  notModified = 0;
  bytes = 0;
  readonly failures = new Map<string, number>();

  fail(what: string): void {
    this.failures.set(what, (this.failures.get(what) ?? 0) + 1);
  }
}

interface Message {
  readonly type: string;
  readonly id: string;
  readonly areaPath: string;
}
/** Most streams get the same words; a thousand browsers would parse them on a thousand machines. */
let parsed: { readonly data: string; readonly message: Message } | undefined;

export class OpenList {
  readonly #client: Client;
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 6 });
  readonly #batches: ReturnType<typeof coalesce>;
  readonly #path: string;
  readonly #tally: ListTally;
  #etag = '';
  #closed = false;

  constructor(url: string, cookie: string, path: string, tally: ListTally) {
    this.#client = httpClient(url, { cookie, agent: this.#agent });
    this.#path = path;
    this.#tally = tally;
    this.#batches = coalesce(() => void this.#load());
  }
  /** @param data of an event of the stream */
  hear(data: string): void {
    if (parsed?.data !== data) parsed = { data, message: JSON.parse(data) as Message };
    if (parsed.message.type === 'incidents.changed') this.#batches.push(parsed.message);
  }
  close(): void {
    this.#closed = true;
    this.#batches.stop();
    this.#agent.destroy();
  }
  async #load(): Promise<void> {
    const tally = this.#tally;
    const headers: Record<string, string> = { 'accept-encoding': 'gzip, deflate, br' };
    if (this.#etag !== '') headers['if-none-match'] = this.#etag;
    try {
      const answer = await this.#client.call('GET', this.#path, undefined, headers);
      if (answer.status === 200) this.#etag = String(answer.headers['etag'] ?? '');
      else if (answer.status !== 304) tally.fail(`${answer.status} for ${this.#path}`);
      if (!tally.counting) return;
      tally.times.push(answer.ms);
      tally.bytes += answer.body.length;
      if (answer.status === 304) tally.notModified++;
    } catch (error) {
      if (!this.#closed) tally.fail(String(error));
    }
  }
}
