/** Reads a real stream over a real socket. */
import { until } from '../../src/testkit/index.ts';

export interface SseMessage {
  readonly event: string;
  readonly id: string;
  readonly data: string;
}

export class SseReader {
  readonly messages: SseMessage[] = [];
  status = 0;
  ended = false;
  headers = new Headers();
  readonly #abort = new AbortController();

  static async open(url: string, headers: Record<string, string>): Promise<SseReader> {
    const reader = new SseReader();
    const response = await fetch(`${url}/api/live`, { headers, signal: reader.#abort.signal });
    reader.status = response.status;
    reader.headers = response.headers;
    void reader.#read(response);
    return reader;
  }
  async #read(response: Response): Promise<void> {
    let rest = '';
    const decoder = new TextDecoder();
    try {
      for await (const piece of response.body ?? []) {
        rest += decoder.decode(piece, { stream: true });
        const blocks = rest.split('\n\n');
        rest = blocks.pop() ?? '';
        for (const block of blocks) this.#take(block);
      }
    } catch {
      // Cut off: what arrived counts.
    }
    this.ended = true;
  }
  #take(block: string): void {
    const fields = new Map(
      block.split('\n').map((line): [string, string] => {
        const colon = line.indexOf(': ');
        return [line.slice(0, colon), line.slice(colon + 2)];
      }),
    );
    this.messages.push({
      event: fields.get('event') ?? 'message',
      id: fields.get('id') ?? '',
      data: fields.get('data') ?? '',
    });
  }
  /** Subjects of the changes heard so far. */
  subjects(): string[] {
    return this.messages.filter((m) => m.event === 'message').map((m) => (JSON.parse(m.data) as { id: string }).id);
  }
  lastId(): string {
    return this.messages.findLast((m) => m.id !== '')?.id ?? '';
  }
  async heard(subject: string): Promise<void> {
    await until(() => this.subjects().includes(subject), `hearing of ${subject}`);
  }
  async event(name: string): Promise<SseMessage> {
    return until(() => this.messages.find((m) => m.event === name), `the event ${name}`);
  }
  close(): void {
    this.#abort.abort();
  }
}
