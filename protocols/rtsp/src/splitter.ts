/** Cuts the bytes of an RTSP connection into messages and interleaved packets, RFC 2326 §10.12. */
import { header, parseHead, type RtspMessage } from './message.ts';

export interface SplitterHandlers {
  onMessage(message: RtspMessage): void;
  /** `data` is a view into the chunk where the packet lies in one; nothing of a chunk is kept beyond the call. */
  onInterleaved(channel: number, data: Buffer): void;
}

export interface SplitterLimits {
  /** Bytes of a head, 16 KiB unless told. */
  readonly maxHead?: number;
  /** Bytes of a body, 128 KiB unless told. */
  readonly maxBody?: number;
  /** Bytes that are neither, in all, before the connection is given up; 64 KiB unless told. */
  readonly maxGarbage?: number;
}

/** The peer does not speak RTSP, or not within the limits. */
export class SplitterError extends Error {
  override readonly name = 'SplitterError';
}

const dollar = 0x24;
const endOfHead = Buffer.from('\r\n\r\n');
const empty = Buffer.alloc(0);

export class RtspSplitter {
  /** Bytes that were skipped to find the next message. */
  garbage = 0;
  readonly #handlers: SplitterHandlers;
  readonly #maxHead: number;
  readonly #maxBody: number;
  readonly #maxGarbage: number;
  /** Beginning of a message or of a packet's head that is not whole yet. */
  #rest: Buffer = empty;
  /** An interleaved packet that spans chunks, its head of four bytes included. */
  #packet: Buffer | undefined;
  #filled = 0;

  constructor(handlers: SplitterHandlers, limits: SplitterLimits = {}) {
    this.#handlers = handlers;
    this.#maxHead = limits.maxHead ?? 16_384;
    this.#maxBody = limits.maxBody ?? 131_072;
    this.#maxGarbage = limits.maxGarbage ?? 65_536;
  }

  /** @throws SplitterError beyond the limits; the connection must then be closed */
  push(chunk: Buffer): void {
    let start = 0;
    if (this.#packet !== undefined) {
      start = chunk.copy(this.#packet, this.#filled);
      this.#filled += start;
      if (this.#filled < this.#packet.length) return;
      const packet = this.#packet;
      this.#packet = undefined;
      this.#handlers.onInterleaved(packet[1]!, packet.subarray(4));
    }
    const data = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    this.#rest = empty;
    this.#cut(data, start);
  }

  #cut(data: Buffer, start: number): void {
    let at = start;
    while (at < data.length) {
      const next = data[at] === dollar ? this.#cutPacket(data, at) : this.#cutMessage(data, at);
      if (next < 0) return;
      at = next;
    }
  }

  /** @returns where to go on; negative where the packet is not whole */
  #cutPacket(data: Buffer, at: number): number {
    if (at + 4 > data.length) return this.#keep(data, at);
    const end = at + 4 + ((data[at + 2]! << 8) | data[at + 3]!);
    if (end <= data.length) {
      this.#handlers.onInterleaved(data[at + 1]!, data.subarray(at + 4, end));
      return end;
    }
    // Its own buffer: joining each chunk with the rest of the one before would copy everything once more.
    this.#packet = Buffer.allocUnsafe(end - at);
    this.#filled = data.copy(this.#packet, 0, at);
    return -1;
  }

  #cutMessage(data: Buffer, at: number): number {
    const byte = data[at]!;
    // Empty lines between messages are allowed; anything but a capital letter cannot begin one.
    if (byte === 13 || byte === 10) return at + 1;
    if (byte < 65 || byte > 90) return this.#skip(data, at);
    const head = data.indexOf(endOfHead, at);
    if (head < 0) {
      if (data.length - at > this.#maxHead) return this.#skip(data, at);
      // What is not text is no head that will end some time.
      if (hasBinary(data, at)) return this.#skip(data, at);
      return this.#keep(data, at);
    }
    if (head - at > this.#maxHead) return this.#skip(data, at);
    const message = parseHead(data.toString('utf8', at, head));
    if (message === undefined) return this.#skip(data, at);
    const length = Number(header(message, 'content-length') ?? 0);
    if (!Number.isInteger(length) || length < 0) throw new SplitterError('content length is no number');
    if (length > this.#maxBody) throw new SplitterError(`body of ${length} bytes`);
    const end = head + 4 + length;
    if (end > data.length) return this.#keep(data, at);
    // Copied, since whoever keeps a body must not keep the chunk.
    this.#handlers.onMessage({ ...message, body: Buffer.from(data.subarray(head + 4, end)) });
    return end;
  }

  #keep(data: Buffer, at: number): number {
    this.#rest = Buffer.from(data.subarray(at));
    return -1;
  }

  /** Some cameras lose bytes when they are short of time: the next '$' or message is looked for. */
  #skip(data: Buffer, at: number): number {
    let next = at + 1;
    while (next < data.length && !mayBegin(data, next)) next += 1;
    this.garbage += next - at;
    if (this.garbage > this.#maxGarbage) throw new SplitterError('the peer does not speak RTSP');
    return next;
  }
}

/** A packet on one of the low channels whose payload is RTP or RTCP of version 2, or "RTSP/", or what may become one. */
function mayBegin(data: Buffer, at: number): boolean {
  if (data[at] === dollar) {
    return (at + 1 >= data.length || data[at + 1]! < 32) && (at + 4 >= data.length || data[at + 4]! >> 6 === 2);
  }
  const length = Math.min(5, data.length - at);
  return data[at] === 0x52 && 'RTSP/'.startsWith(data.toString('latin1', at, at + length));
}

function hasBinary(data: Buffer, at: number): boolean {
  for (let index = at; index < data.length; index += 1) {
    const byte = data[index]!;
    if (byte < 9 || (byte > 13 && byte < 32)) return true;
  }
  return false;
}
