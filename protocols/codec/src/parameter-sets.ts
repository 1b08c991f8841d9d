import { Buffer } from 'node:buffer';
import { BitReader, CodecError, unescapeNal } from './bit-reader.ts';
import type { VideoCodec } from './frame.ts';
import { nalRole } from './nal.ts';
import { type SpsInfo, parseSps } from './sps.ts';

/** No standard has more ids than H.264's 256 picture parameter sets; cameras use one or two. */
const maxSets = 64;
const maxSetBytes = 4096;
const order = { vps: 0, sps: 1, pps: 2 } as const;

interface Entry {
  readonly order: number;
  readonly nal: Buffer;
}

/** The parameter sets of a stream by kind and id, as they stand now. Copies what it keeps: a few hundred bytes. */
export class ParameterSets {
  readonly codec: VideoCodec;
  readonly #sets = new Map<string, Entry>();

  constructor(codec: VideoCodec, nals: readonly Uint8Array[] = []) {
    this.codec = codec;
    this.update(nals);
  }

  /** Takes in the parameter sets among these units; true when one is new or other than before. */
  update(nals: readonly Uint8Array[]): boolean {
    let changed = false;
    for (const nal of nals) if (this.#take(nal)) changed = true;
    return changed;
  }

  /** VPS, SPS, PPS in this order; a copy that stays as it is. */
  list(): Uint8Array[] {
    return [...this.#sets.values()].toSorted((a, b) => a.order - b.order).map((entry) => entry.nal);
  }

  /** One of each kind that the codec needs is there. */
  get complete(): boolean {
    const seen = new Set([...this.#sets.values()].map((entry) => entry.order));
    return seen.has(order.sps) && seen.has(order.pps) && (this.codec === 'h264' || seen.has(order.vps));
  }

  /** What the first readable SPS says, if there is one. */
  sps(): SpsInfo | undefined {
    for (const entry of this.#sets.values()) {
      if (entry.order !== order.sps) continue;
      try {
        return parseSps(this.codec, entry.nal);
      } catch (error) {
        if (!(error instanceof CodecError)) throw error;
      }
    }
    return undefined;
  }

  #take(nal: Uint8Array): boolean {
    const role = nalRole(this.codec, nal);
    if ((role !== 'sps' && role !== 'pps' && role !== 'vps') || nal.length > maxSetBytes) return false;
    const id = readId(this.codec, role, nal);
    if (id === undefined) return false;
    const key = `${role}${id}`;
    const known = this.#sets.get(key);
    if (known && known.nal.equals(nal)) return false;
    if (!known && this.#sets.size >= maxSets) return false;
    this.#sets.set(key, { order: order[role], nal: Buffer.from(nal) });
    return true;
  }
}

/** The set's own id: H.264 §7.3.2.1.1 and §7.3.2.2, H.265 §7.3.2.1 to §7.3.2.3. */
function readId(codec: VideoCodec, role: 'vps' | 'sps' | 'pps', nal: Uint8Array): number | undefined {
  try {
    if (codec === 'h265' && role === 'sps') return parseSpsId(nal);
    const skipped = codec === 'h264' ? 1 : 2;
    const reader = new BitReader(unescapeNal(nal.subarray(0, 32), skipped));
    if (role === 'vps') return reader.bits(4);
    if (role === 'sps') reader.skip(24);
    return reader.ueUpTo(255);
  } catch (error) {
    if (error instanceof CodecError) return undefined;
    throw error;
  }
}

/** In H.265 the id stands behind the profile, whose length varies with the layers. */
function parseSpsId(nal: Uint8Array): number {
  const reader = new BitReader(unescapeNal(nal.subarray(0, 160), 2));
  reader.skip(4);
  const layers = reader.bits(3);
  reader.skip(1 + 96);
  const present = Array.from({ length: layers }, () => reader.bits(2));
  if (layers > 0) reader.skip(2 * (8 - layers));
  for (const flags of present) reader.skip((flags & 2 ? 88 : 0) + (flags & 1 ? 8 : 0));
  return reader.ueUpTo(15);
}
