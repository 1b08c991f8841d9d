import { SipError } from '../error.ts';
import { limits, type SipMessage } from '../message/message.ts';
import { assemble, contentLength, parseHead } from '../message/parse.ts';

export interface FramerEvents {
  readonly onMessage: (message: SipMessage) => void;
  /** A double CRLF between messages: the peer's keep-alive, to be answered by one CRLF (RFC 5626 §3.5.1). */
  readonly onPing: () => void;
}

/**
 * Cuts a byte stream into messages by Content-Length (RFC 3261 §18.3). Keeps at most one message's worth of bytes.
 * A message without Content-Length, or a broken start line, leaves no way to find the next one: `push` throws and
 * the connection has to go.
 */
export class StreamFramer {
  readonly #events: FramerEvents;
  #held: Buffer = Buffer.alloc(0);
  /** What came since, joined only when the message can be whole: a body sent byte by byte must not cost n². */
  #later: Buffer[] = [];
  #size = 0;
  #needed = 0;
  /** Where the search for the blank line goes on, so that slow senders do not cost n². */
  #searched = 0;

  constructor(events: FramerEvents) {
    this.#events = events;
  }

  /** True while part of a message waits for the rest. */
  get partial(): boolean {
    return this.#size > 0;
  }

  /** @throws SipError `malformed` or `too-large` */
  push(chunk: Buffer): void {
    this.#later.push(chunk);
    this.#size += chunk.length;
    if (this.#size < this.#needed) {
      // A Buffer costs a hundred bytes besides its content.
      if (this.#later.length > 1000) this.#later = [Buffer.concat(this.#later)];
      return;
    }
    this.#held = this.#size === chunk.length ? chunk : Buffer.concat([this.#held, ...this.#later]);
    this.#later = [];
    while (this.#takeOne());
    this.#size = this.#held.length;
  }

  #takeOne(): boolean {
    this.#skipBlank();
    const held = this.#held;
    const end = held.indexOf('\r\n\r\n', this.#searched);
    if (end < 0) {
      if (held.length > limits.headerBytes) throw new SipError('too-large', 'header section');
      this.#searched = Math.max(0, held.length - 3);
      return false;
    }
    if (end > limits.headerBytes) throw new SipError('too-large', 'header section');
    this.#searched = end;
    const { startLine, headers } = parseHead(held.toString('latin1', 0, end));
    const length = contentLength(headers);
    if (length === undefined) throw new SipError('malformed', 'no Content-Length on a stream');
    if (length > limits.bodyBytes) throw new SipError('too-large', 'body');
    const total = end + 4 + length;
    this.#needed = total;
    if (held.length < total) return false;
    this.#needed = 0;
    const message = assemble(startLine, headers, held.subarray(end + 4, total));
    this.#held = held.subarray(total);
    this.#searched = 0;
    this.#events.onMessage(message);
    return this.#held.length > 0;
  }

  #skipBlank(): void {
    if (this.#searched > 0) return;
    let at = 0;
    for (; this.#held[at] === 13 && this.#held[at + 1] === 10; at += 2) {
      if (this.#held[at + 2] !== 13 || this.#held[at + 3] !== 10) continue;
      this.#events.onPing();
      at += 2;
    }
    if (at > 0) this.#held = this.#held.subarray(at);
  }
}
