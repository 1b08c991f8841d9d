import { Buffer } from 'node:buffer';
import { fullBox } from './box.ts';

/** Samples of one track of an ordinary MP4 (ISO/IEC 14496-12 §8.6 and §8.7), gathered in decoding order. */
export class SampleTable {
  readonly ticks: number[] = [];
  readonly sizes: number[] = [];
  readonly offsets: number[] = [];
  /** Numbers of the samples at which a decoder may begin, from 1. */
  readonly keys: number[] = [];
  /** Places within the data, and how many samples each chunk has. */
  readonly chunks: { readonly place: number; count: number }[] = [];
  lastDuration = 0;
  #chunkEnd = -1;

  /** @param place where the sample will stand, from the start of the data */
  add(tick: number, sample: { size: number; offset: number; key: boolean; duration: number }, place: number): void {
    this.ticks.push(Math.max(tick, (this.ticks.at(-1) ?? -1) + 1));
    this.sizes.push(sample.size);
    this.offsets.push(sample.offset);
    if (sample.key) this.keys.push(this.sizes.length);
    this.lastDuration = sample.duration;
    const chunk = this.chunks.at(-1);
    if (chunk && place === this.#chunkEnd) chunk.count++;
    else this.chunks.push({ place, count: 1 });
    this.#chunkEnd = place + sample.size;
  }

  get firstTick(): number {
    return this.ticks[0] ?? 0;
  }

  /** Ticks from the first sample to the end of the last. */
  get duration(): number {
    return (this.ticks.at(-1) ?? 0) + this.lastDuration - this.firstTick;
  }

  /** stts, ctts, stss, stsz, stsc and co64 (or stco), of which only the last depends on where the data begins. */
  boxes(dataOffset: number, wide: boolean): Buffer {
    const count = this.sizes.length;
    const durations = this.ticks.map((tick, i) => (this.ticks[i + 1] ?? tick + this.lastDuration) - tick);
    const stts = runs(durations);
    const shifted = this.offsets.some((offset) => offset !== 0);
    const ctts = shifted ? [fullBox('ctts', 1, 0, table([...runs(this.offsets)], true))] : [];
    const stss = this.keys.length === count ? [] : [fullBox('stss', 0, 0, table(this.keys.map((key) => [key])))];
    const counts = this.chunks.map((chunk) => chunk.count);
    const stsc: number[][] = [];
    counts.forEach((chunk, i) => {
      if (chunk !== counts[i - 1]) stsc.push([i + 1, chunk, 1]);
    });
    return Buffer.concat([
      fullBox('stts', 0, 0, table(stts)),
      ...ctts,
      ...stss,
      fullBox('stsc', 0, 0, table(stsc)),
      fullBox('stsz', 0, 0, Buffer.alloc(4), table(this.sizes.map((size) => [size]))),
      wide ? fullBox('co64', 0, 0, this.#places(dataOffset, 8)) : fullBox('stco', 0, 0, this.#places(dataOffset, 4)),
    ]);
  }

  #places(dataOffset: number, width: 4 | 8): Buffer {
    const out = Buffer.allocUnsafe(4 + this.chunks.length * width);
    out.writeUInt32BE(this.chunks.length, 0);
    this.chunks.forEach(({ place }, i) => {
      const at = 4 + i * width;
      if (width === 8) out.writeBigUInt64BE(BigInt(place + dataOffset), at);
      else out.writeUInt32BE(place + dataOffset, at);
    });
    return out;
  }
}

/** Equal neighbours as pairs of count and value. */
function runs(values: readonly number[]): [number, number][] {
  const found: [number, number][] = [];
  for (const value of values) {
    const last = found.at(-1);
    if (last?.[1] === value) last[0]++;
    else found.push([1, value]);
  }
  return found;
}

/** The number of rows, then the rows, all of 32 bits. */
function table(rows: readonly (readonly number[])[], signed = false): Buffer {
  const width = rows[0]?.length ?? 0;
  const out = Buffer.allocUnsafe(4 + rows.length * width * 4);
  let at = out.writeUInt32BE(rows.length, 0);
  for (const row of rows) {
    for (const value of row) at = signed ? out.writeInt32BE(value, at) : out.writeUInt32BE(value, at);
  }
  return out;
}
