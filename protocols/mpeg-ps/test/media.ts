/** Streams that ffmpeg encodes for these tests, and helpers to compare frames. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  type AccessUnit,
  type AudioFrame,
  type Frame,
  type Track,
  type VideoCodec,
  type VideoFrame,
  AccessUnitAssembler,
  ParameterSets,
  isParameterSet,
  makeAudioConfig,
  nalRole,
  splitAnnexB,
} from '@wangge/codec';
import type { Demuxer } from '../src/index.ts';
import { ffmpeg, packets } from './peers.ts';

export interface Media {
  readonly codec: VideoCodec;
  readonly format: 'h264' | 'hevc';
  /** An MP4 of the same pictures (and sound, if wished). */
  readonly file: string;
  readonly video: readonly VideoFrame[];
  readonly audio: readonly AudioFrame[];
  readonly tracks: readonly Track[];
}

/** Four seconds of moving pictures, and a tone in AAC if wished. */
export function makeMedia(folder: string, codec: VideoCodec, bFrames = 0, sound = false): Media {
  const file = join(folder, `${codec}-${bFrames}-${sound}.mp4`);
  const format = codec === 'h264' ? 'h264' : 'hevc';
  const params = `log-level=none:pools=none:keyint=25:min-keyint=25:bframes=${bFrames}:scenecut=0:open-gop=0`;
  const coder = codec === 'h264' ? ['libx264', '-g', '25', '-bf', `${bFrames}`] : ['libx265', '-x265-params', params];
  const tone = sound ? ['-f', 'lavfi', '-i', 'sine=f=440:d=4:r=48000', '-c:a', 'aac', '-ac', '2'] : [];
  const picture = ['-f', 'lavfi', '-i', 'testsrc2=s=640x360:r=25:d=4'];
  const quality = ['-preset', 'ultrafast', '-b:v', '2M', '-pix_fmt', 'yuv420p', '-video_track_timescale', '90000'];
  if (!existsSync(file)) ffmpeg(...picture, ...tone, '-c:v', ...coder, ...quality, file);
  const stream = ffmpeg('-i', file, '-map', '0:v', '-c', 'copy', '-bsf:v', `${format}_mp4toannexb`, '-f', format, '-');
  const times = packets(file, 'v');
  const video = accessUnits(codec, stream).map(({ nals, key }, i): VideoFrame => ({
    kind: 'video',
    codec,
    ptsUs: times[i]?.ptsUs ?? 0,
    dtsUs: times[i]?.dtsUs ?? 0,
    key,
    nals,
  }));
  const sets = new ParameterSets(codec, splitAnnexB(stream)).list();
  const config = makeAudioConfig({ objectType: 2, sampleRate: 48_000, channels: 2 });
  const audioTrack = { kind: 'audio', codec: 'aac', sampleRate: 48_000, channels: 2, config } as const;
  const tracks: Track[] = [{ kind: 'video', codec, parameterSets: sets }, ...(sound ? [audioTrack] : [])];
  return { codec, format, file, video, audio: sound ? readAac(file) : [], tracks };
}

function readAac(file: string): AudioFrame[] {
  const data = ffmpeg('-i', file, '-map', '0:a', '-c', 'copy', '-f', 'data', '-');
  let at = 0;
  return packets(file, 'a').map(({ ptsUs, size }): AudioFrame => {
    at += size;
    return { kind: 'audio', codec: 'aac', ptsUs, data: data.subarray(at - size, at) };
  });
}

export function accessUnits(codec: VideoCodec, stream: Uint8Array): AccessUnit<undefined>[] {
  const units: AccessUnit<undefined>[] = [];
  const assembler = new AccessUnitAssembler<undefined>({ codec, onUnit: (unit) => units.push(unit) });
  for (const nal of splitAnnexB(stream)) assembler.push(nal, undefined);
  assembler.flush();
  return units;
}

/** Sound and pictures in decoding order. */
export function interleave(...tracks: readonly (readonly Frame[])[]): Frame[] {
  const time = (frame: Frame): number => (frame.kind === 'video' ? frame.dtsUs : frame.ptsUs);
  return tracks.flat().toSorted((a, b) => time(a) - time(b));
}

export interface Collected {
  readonly video: VideoFrame[];
  readonly audio: AudioFrame[];
  readonly tracks: Track[];
}

/** Options of a demultiplexer that gather what comes out. */
export function collector(): {
  found: Collected;
  options: { onFrame(frame: Frame): void; onTrack(track: Track): void };
} {
  const found: Collected = { video: [], audio: [], tracks: [] };
  const options = {
    onFrame: (frame: Frame) => void (frame.kind === 'video' ? found.video.push(frame) : found.audio.push(frame)),
    onTrack: (track: Track) => void found.tracks.push(track),
  };
  return { found, options };
}

/** Pushes a stream in pieces as a carrier would, and ends it. */
export function feed(demuxer: Demuxer, stream: Buffer, pieceBytes = 1400): void {
  for (let at = 0; at < stream.length; at += pieceBytes) demuxer.push(stream.subarray(at, at + pieceBytes));
  demuxer.flush();
}

/** The slices and SEI of each picture, byte by byte: muxers repeat parameter sets as they like. */
export function contents(frames: readonly { nals: readonly Uint8Array[] }[], codec: VideoCodec): string[] {
  return frames.map(({ nals }) =>
    nals
      .filter((nal) => !isParameterSet(codec, nal))
      .map((nal) => Buffer.from(nal).toString('base64'))
      .join(' '),
  );
}

/** The slices alone: GStreamer's parser drops an SEI that stands in front of the SPS. */
export function slices(frames: readonly { nals: readonly Uint8Array[] }[], codec: VideoCodec): string[] {
  const kept = frames.map(({ nals }) => ({ nals: nals.filter((nal) => nalRole(codec, nal).endsWith('slice')) }));
  return contents(kept, codec);
}

/** Times from the first picture on, in milliseconds. */
export function relativeMs(times: readonly number[]): number[] {
  return times.map((time) => Math.round((time - (times[0] ?? 0)) / 1000));
}
