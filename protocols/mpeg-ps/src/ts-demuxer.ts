import { Buffer } from 'node:buffer';
import { asBuffer } from '@wangge/codec';
import { ProgramClock } from './clock.ts';
import { type Stamp, readPesHeader } from './pes.ts';
import { type DemuxOptions, type DemuxStats, Program } from './program.ts';
import { SectionReader, readProgramMap, readProgramMapPid } from './ts-sections.ts';

const packetBytes = 188;
const sync = 0x47;

interface Pid {
  /** continuity_counter of the last packet with payload. */
  counter: number | undefined;
  /** Times of the PES packet under way; nothing until one has begun. */
  stamp: Stamp | undefined;
}

/**
 * Takes an MPEG transport stream apart (ISO/IEC 13818-1 §2.4), cut into pieces anywhere: the first program, whose
 * map says which PID is what. Gaps in a PID's counter cost the picture under way, no more.
 */
export class TsDemuxer {
  readonly #program: Program;
  readonly #clock = new ProgramClock();
  readonly #pids = new Map<number, Pid>();
  #carry: Buffer = Buffer.alloc(0);
  #pat = new SectionReader();
  #pmt = new SectionReader();
  #pmtPid: number | undefined;

  constructor(options: DemuxOptions) {
    this.#program = new Program(options);
  }

  get stats(): DemuxStats {
    return this.#program.stats;
  }

  push(piece: Uint8Array): void {
    const bytes = this.#carry.length > 0 ? Buffer.concat([this.#carry, piece]) : asBuffer(piece);
    let at = 0;
    while (bytes.length - at >= packetBytes) {
      const next = bytes[at + packetBytes];
      if (bytes[at] === sync && (next === undefined || next === sync)) {
        this.#takePacket(bytes.subarray(at, at + packetBytes));
        at += packetBytes;
        continue;
      }
      const found = bytes.indexOf(sync, at + 1);
      this.stats.skippedBytes += (found === -1 ? bytes.length : found) - at;
      at = found === -1 ? bytes.length : found;
    }
    this.#carry = bytes.subarray(at);
  }

  /** The stream has ended, or the carrier says that a picture is complete: nothing is waited for. */
  flush(): void {
    this.#program.flush();
  }

  /** A piece is missing here. */
  lost(): void {
    this.#carry = Buffer.alloc(0);
    for (const pid of this.#pids.values()) {
      pid.stamp = undefined;
      pid.counter = undefined;
    }
    this.#program.lost();
  }

  #takePacket(packet: Buffer): void {
    const head = packet.readUInt16BE(1);
    const control = packet[3] ?? 0;
    const pid = head & 0x1fff;
    const broken = (head & 0x8000) !== 0;
    const adaptation = control & 0x20 ? 1 + (packet[4] ?? 0) : 0;
    if (broken || !(control & 0x10) || 4 + adaptation >= packetBytes) return;
    const payload = packet.subarray(4 + adaptation);
    const unitStart = (head & 0x4000) !== 0;
    if (pid === 0) this.#takePat(payload, unitStart);
    else if (pid === this.#pmtPid) this.#takePmt(payload, unitStart);
    else this.#takePayload(pid, payload, unitStart, control & 15);
  }

  #takePat(payload: Buffer, unitStart: boolean): void {
    const section = this.#pat.push(payload, unitStart);
    const pid = section && readProgramMapPid(section);
    if (pid === undefined || pid === this.#pmtPid) return;
    this.#pmtPid = pid;
    this.#pmt = new SectionReader();
  }

  #takePmt(payload: Buffer, unitStart: boolean): void {
    const section = this.#pmt.push(payload, unitStart);
    for (const { id, type } of section ? readProgramMap(section) : []) {
      this.#program.announce(id, type);
      if (!this.#pids.has(id)) this.#pids.set(id, { counter: undefined, stamp: undefined });
    }
  }

  #takePayload(id: number, payload: Buffer, unitStart: boolean, counter: number): void {
    const pid = this.#pids.get(id);
    if (!pid) return;
    if (pid.counter === counter) return; // §2.4.3.3: a packet may be sent twice.
    if (pid.counter !== undefined && counter !== ((pid.counter + 1) & 15)) {
      pid.stamp = undefined;
      this.#program.lost(id);
    }
    pid.counter = counter;
    let data = payload;
    if (unitStart) {
      const header = payload.readUIntBE(0, Math.min(3, payload.length)) === 1 && readPesHeader(payload, 0, this.#clock);
      pid.stamp = header && header !== 'bad' ? header.stamp : undefined;
      data = header && header !== 'bad' ? payload.subarray(header.headerBytes) : payload;
    }
    if (pid.stamp && data.length > 0) this.#program.push(id, undefined, data, pid.stamp);
  }
}
