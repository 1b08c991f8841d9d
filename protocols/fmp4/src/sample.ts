import { type Frame, isParameterSet, nalRole } from '@wangge/codec';

/** One sample of a track before its duration is known. */
export interface Sample {
  /** Decoding time in ticks. */
  readonly tick: number;
  /** Presentation minus decoding time, may be negative. */
  readonly offset: number;
  readonly key: boolean;
  readonly bytes: number;
  /** NAL units that go behind their lengths, or the one packet of sound as it is. */
  readonly parts: readonly Uint8Array[];
  readonly lengths: boolean;
}

/** Parameter sets stand in the sample entry, delimiters and filler are of no use in a file: neither is kept. */
export function makeSample(frame: Frame, tick: number, offset: number): Sample {
  if (frame.kind === 'audio') {
    return { tick, offset: 0, key: true, bytes: frame.data.length, parts: [frame.data], lengths: false };
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for (const nal of frame.nals) {
    if (isParameterSet(frame.codec, nal)) continue;
    const role = nalRole(frame.codec, nal);
    if (role === 'aud' || role === 'filler' || nal.length === 0) continue;
    parts.push(nal);
    bytes += 4 + nal.length;
  }
  return { tick, offset, key: frame.key, bytes, parts, lengths: true };
}
