import type { FileHandle } from 'node:fs/promises';
import { type AudioCodec, type Frame, makeAudioConfig, type Track, type VideoCodec } from '@wangge/codec';
import { findBox } from './box-reader.ts';
import { Fmp4Error } from './error.ts';
import { readAt, readBox } from './file-boxes.ts';
import type { FragmentInfo } from './fragment-info.ts';
import { readFragment } from './read-fragment.ts';
import { type TrackInfo, nalLengthBytes } from './read-init.ts';
import { readParameterSets, splitByLength } from './read-picture.ts';
import type { SegmentScan } from './scan-segment.ts';

const maxMoofBytes = 8 << 20;
const maxFragmentBytes = 64 << 20;

/** The tracks of a recorded file as a muxer takes them; those of other formats are left out. */
export function tracksOf(scan: SegmentScan): Track[] {
  return scan.tracks.flatMap((info): Track[] => {
    const codec = codecOf(info);
    if (!codec) return [];
    if (codec === 'h264' || codec === 'h265') {
      return [{ kind: 'video', codec, parameterSets: readParameterSets(info) }];
    }
    const [channels, sampleRate] = [info.entry.readUInt16BE(24), info.entry.readUInt16BE(32)];
    const rate = sampleRate === 0 ? info.timescale : sampleRate;
    const shape = { kind: 'audio' as const, codec, sampleRate: rate, channels };
    return [codec === 'aac' ? { ...shape, config: configOf(info, rate, channels) } : shape];
  });
}

/**
 * The frames of one fragment in the order in which they are decoded, with times of the file's own clock.
 *
 * @throws Fmp4Error when the fragment is not there any more
 */
export async function readFrames(file: FileHandle, scan: SegmentScan, fragment: FragmentInfo): Promise<Frame[]> {
  if (fragment.bytes > maxFragmentBytes) throw new Fmp4Error('unsupported', `a fragment of ${fragment.bytes} bytes`);
  const moof = await readBox(file, fragment.moof, maxMoofBytes);
  const bytes = await readAt(file, fragment.offset, fragment.bytes);
  if (bytes.length < fragment.bytes) throw new Fmp4Error('cut', 'the file has become shorter');
  const frames: { readonly atUs: number; readonly frame: Frame }[] = [];
  for (const run of readFragment(moof, fragment.moof.offset, scan.tracks)) {
    const info = scan.tracks.find((track) => track.id === run.trackId);
    const codec = info && codecOf(info);
    if (!info || !codec) continue;
    let tick = run.baseTime;
    for (let i = 0; i < run.sizes.length; i++) {
      const place = (run.places[i] ?? 0) - fragment.offset;
      const sample = bytes.subarray(place, place + (run.sizes[i] ?? 0));
      const atUs = Math.round((tick * 1e6) / info.timescale);
      const ptsUs = Math.round(((tick + (run.offsets[i] ?? 0)) * 1e6) / info.timescale);
      frames.push({
        atUs,
        frame:
          codec === 'h264' || codec === 'h265'
            ? {
                kind: 'video',
                codec,
                ptsUs,
                dtsUs: atUs,
                key: run.keys[i] === 1,
                nals: splitByLength(sample, nalLengthBytes(info)),
              }
            : { kind: 'audio', codec, ptsUs: atUs, data: sample },
      });
      tick += run.durations[i] ?? 0;
    }
  }
  return frames.toSorted((a, b) => a.atUs - b.atUs).map(({ frame }) => frame);
}

const codecs: Readonly<Record<string, VideoCodec | AudioCodec>> = {
  avc1: 'h264',
  avc3: 'h264',
  hvc1: 'h265',
  hev1: 'h265',
  mp4a: 'aac',
  Opus: 'opus',
  alaw: 'pcma',
  ulaw: 'pcmu',
};
function codecOf(info: TrackInfo): VideoCodec | AudioCodec | undefined {
  return codecs[info.format];
}

/** AudioSpecificConfig out of the esds (ISO/IEC 14496-1 §7.2.6.5); of one that cannot be read the ordinary AAC-LC. */
function configOf(info: TrackInfo, sampleRate: number, channels: number): Uint8Array {
  const esds = findBox(info.entry.subarray(36), 'esds')?.content;
  // DecoderSpecificInfo: tag 5, a length of one to four bytes.
  for (let at = 4; esds && at + 2 < esds.length; at++) {
    if (esds[at] !== 5) continue;
    let next = at + 1;
    let length = 0;
    for (let more = true; more && next < esds.length; next++) {
      length = length * 128 + ((esds[next] ?? 0) & 127);
      more = ((esds[next] ?? 0) & 128) !== 0;
    }
    if (length >= 2 && length <= 64 && next + length <= esds.length) return esds.subarray(next, next + length);
  }
  return makeAudioConfig({ objectType: 2, sampleRate, channels });
}
