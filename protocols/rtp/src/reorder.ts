/** Puts packets that came by UDP into order again, within bounds of packets and time. */
import type { RtpPacket } from './packet.ts';
import { sequenceDistance } from './sequence.ts';

export interface ReorderOptions {
  /** Packets held at most while one is missing: a power of two, 512 unless told. */
  readonly maxPackets?: number;
  /** Milliseconds that a missing packet is waited for, 200 unless told. */
  readonly maxDelayMs?: number;
}

export interface ReorderCounts {
  received: number;
  /** Given up: neither the wait nor the room sufficed. */
  lost: number;
  /** Came after having been given up, or from before the first one. */
  late: number;
  duplicate: number;
  /** Came out of order but in time. */
  reordered: number;
  /** The sender began anew (another source, or a jump that no loss explains). */
  restarts: number;
}

/** Jumps beyond this are a sender that began anew, not loss (MAX_DROPOUT of RFC 3550 appendix A.1). */
const maxDropout = 3000;

interface Held {
  readonly packet: RtpPacket;
  readonly atMs: number;
}

/**
 * Time is told by the caller with each packet; there is no timer. What is held at a silence stays held until the next
 * packet or {@link ReorderBuffer.flush}.
 */
export class ReorderBuffer {
  readonly counts: ReorderCounts = { received: 0, lost: 0, late: 0, duplicate: 0, reordered: 0, restarts: 0 };
  readonly #onPacket: (packet: RtpPacket) => void;
  readonly #ring: (Held | undefined)[];
  readonly #mask: number;
  readonly #maxDelayMs: number;
  #held = 0;
  #next: number | undefined;
  #ssrc = 0;
  /** The sequence number that would confirm a new beginning (RFC 3550 appendix A.1, bad_seq). */
  #suspect: number | undefined;

  constructor(onPacket: (packet: RtpPacket) => void, options: ReorderOptions = {}) {
    const size = options.maxPackets ?? 512;
    if (size < 2 || size > 2048 || (size & (size - 1)) !== 0) throw new RangeError('maxPackets: a power of two ≤ 2048');
    this.#onPacket = onPacket;
    this.#ring = Array.from<Held | undefined>({ length: size });
    this.#mask = size - 1;
    this.#maxDelayMs = options.maxDelayMs ?? 200;
  }

  /** @param nowMs a clock that never goes back, in milliseconds */
  push(packet: RtpPacket, nowMs: number): void {
    this.counts.received += 1;
    if (this.#next !== undefined && packet.ssrc !== this.#ssrc) this.#restart();
    if (this.#next === undefined) {
      this.#ssrc = packet.ssrc;
      this.#next = packet.sequence;
    }
    const distance = sequenceDistance(this.#next, packet.sequence);
    if (distance === 0 && this.#held === 0) {
      this.#deliver(packet);
      return;
    }
    if (distance > maxDropout || distance < -maxDropout) {
      this.#suspectRestart(packet);
      return;
    }
    this.#suspect = undefined;
    if (distance < 0) {
      this.counts.late += 1;
      return;
    }
    this.#hold(packet, distance, nowMs);
    this.#drain(nowMs);
  }

  /** Gives out all that is held; what is missing between counts as lost. */
  flush(): void {
    while (this.#held > 0) this.#giveUp();
  }

  #deliver(packet: RtpPacket): void {
    this.#suspect = undefined;
    this.#next = (packet.sequence + 1) & 0xffff;
    this.#onPacket(packet);
  }

  #hold(packet: RtpPacket, distance: number, nowMs: number): void {
    let ahead = distance;
    while (ahead > this.#mask) {
      if (this.#held > 0) this.#giveUp();
      else {
        this.counts.lost += ahead;
        this.#next = packet.sequence;
      }
      ahead = sequenceDistance(this.#next!, packet.sequence);
    }
    const slot = packet.sequence & this.#mask;
    if (this.#ring[slot] !== undefined) {
      this.counts.duplicate += 1;
      return;
    }
    this.#ring[slot] = { packet, atMs: nowMs };
    this.#held += 1;
  }

  #drain(nowMs: number): void {
    for (;;) {
      this.#run();
      if (this.#held === 0) return;
      const first = this.#ring[this.#firstHeld() & this.#mask]!;
      if (nowMs - first.atMs < this.#maxDelayMs) return;
      this.#giveUp();
    }
  }

  /** Delivers what stands in line; all but the packet that closed a gap had been waiting. */
  #run(): void {
    let delivered = 0;
    for (;;) {
      const slot = this.#next! & this.#mask;
      const held = this.#ring[slot];
      if (held === undefined) break;
      this.#ring[slot] = undefined;
      this.#held -= 1;
      delivered += 1;
      this.#deliver(held.packet);
    }
    if (delivered > 1) this.counts.reordered += 1;
  }

  #giveUp(): void {
    const first = this.#firstHeld();
    this.counts.lost += sequenceDistance(this.#next!, first);
    this.#next = first;
    const slot = first & this.#mask;
    const held = this.#ring[slot]!;
    this.#ring[slot] = undefined;
    this.#held -= 1;
    this.#deliver(held.packet);
  }

  #firstHeld(): number {
    let sequence = this.#next!;
    while (this.#ring[sequence & this.#mask] === undefined) sequence = (sequence + 1) & 0xffff;
    return sequence;
  }

  /** Two packets in a row from elsewhere on the circle are a sender that began anew; one alone is a stray. */
  #suspectRestart(packet: RtpPacket): void {
    if (packet.sequence !== this.#suspect) {
      this.#suspect = (packet.sequence + 1) & 0xffff;
      this.counts.late += 1;
      return;
    }
    this.#restart();
    this.#deliver(packet);
  }

  #restart(): void {
    this.flush();
    this.counts.restarts += 1;
    this.#next = undefined;
    this.#suspect = undefined;
  }
}
