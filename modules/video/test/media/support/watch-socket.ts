/** A player's side of the wire. */
import { once } from 'node:events';
import { until } from '@wangge/kernel/testkit';
import { onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { type FromWorker, fromWorkerSchema } from '../../../src/contract/stream.ts';

export class WatchSocket {
  readonly socket: WebSocket;
  readonly said: FromWorker[] = [];
  /** Since the last `init`. */
  chunks: Buffer[] = [];
  closeCode: number | undefined;

  constructor(port: number, ticket: string, { query = '', origin }: { query?: string; origin?: string } = {}) {
    const options = origin === undefined ? {} : { origin };
    this.socket = new WebSocket(`ws://127.0.0.1:${port}/video/ws?ticket=${ticket}${query}`, options);
    this.socket.on('message', (data: Buffer, binary) => {
      if (binary) return void this.chunks.push(data);
      const message = fromWorkerSchema.parse(JSON.parse(String(data)));
      if (message.type === 'init') this.chunks = [];
      this.said.push(message);
    });
    this.socket.on('error', () => undefined);
    this.socket.once('close', (code) => (this.closeCode = code));
    onTestFinished(() => this.socket.terminate());
  }

  get state(): string | undefined {
    return this.said.findLast((message) => message.type === 'state')?.state;
  }
  /** Resolves when this many binary messages of the present format have come. */
  async got(chunks: number, timeoutMs = 20_000): Promise<void> {
    await until(() => this.chunks.length >= chunks, `${chunks} chunks (${this.chunks.length})`, timeoutMs);
  }
  say(message: object): void {
    this.socket.send(JSON.stringify(message));
  }
}

/** How the worker answers instead of opening the line. */
export async function refusal(port: number, ticket: string, headers: Record<string, string> = {}): Promise<number> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/video/ws?ticket=${ticket}`, { headers });
  const answered = once(socket, 'unexpected-response') as Promise<[unknown, { statusCode: number }]>;
  const opened = once(socket, 'open').then(() => 101);
  opened.catch(() => undefined);
  const status = await Promise.race([answered.then(([, response]) => response.statusCode), opened]);
  socket.on('error', () => undefined);
  socket.terminate();
  return status;
}
