/** Streams that ffmpeg encodes for these tests, taken apart into frames with their times. */
import { join } from 'node:path';
import {
  type AccessUnit,
  type AudioFrame,
  type AudioTrack,
  type Frame,
  type VideoCodec,
  type VideoFrame,
  type VideoTrack,
  AccessUnitAssembler,
  ParameterSets,
  makeAudioConfig,
  splitAnnexB,
} from '@wangge/codec';
import { ffmpeg, packets } from './peers.ts';

export interface Video {
  readonly track: VideoTrack;
  readonly frames: readonly VideoFrame[];
  /** What ffmpeg wrote. */
  readonly file: string;
}

export interface VideoWish {
  readonly codec?: VideoCodec;
  readonly size?: string;
  readonly seconds?: number;
  readonly gop?: number;
  readonly bFrames?: number;
}

const toUs = (seconds: number): number => Math.round(seconds * 1e6);

const videos = new Map<string, Video>();

/** Encoded once for all tests of a file. */
export function makeVideo(folder: string, wish: VideoWish = {}): Video {
  const name = JSON.stringify([folder, wish]);
  const video = videos.get(name) ?? encodeVideo(folder, wish);
  videos.set(name, video);
  return video;
}

function encodeVideo(folder: string, wish: VideoWish): Video {
  const { codec = 'h264', size = '320x240', seconds = 4, gop = 25, bFrames = 0 } = wish;
  const file = join(folder, `${codec}-${size}-${seconds}-${gop}-${bFrames}.mp4`);
  const source = ['-f', 'lavfi', '-i', `testsrc2=s=${size}:r=25:d=${seconds}`, '-pix_fmt', 'yuv420p'];
  const x265 = `log-level=none:pools=none:keyint=${gop}:min-keyint=${gop}:bframes=${bFrames}:scenecut=0:open-gop=0`;
  const coder =
    codec === 'h264'
      ? ['libx264', '-g', `${gop}`, '-keyint_min', `${gop}`, '-sc_threshold', '0', '-bf', `${bFrames}`]
      : ['libx265', '-x265-params', x265];
  const format = codec === 'h264' ? 'h264' : 'hevc';
  ffmpeg(...source, '-c:v', ...coder, '-preset', 'ultrafast', '-video_track_timescale', '90000', '-y', file);
  const stream = ffmpeg('-i', file, '-c', 'copy', '-bsf:v', `${format}_mp4toannexb`, '-f', format, '-');
  const units: AccessUnit<undefined>[] = [];
  const assembler = new AccessUnitAssembler<undefined>({ codec, onUnit: (unit) => units.push(unit) });
  const nals = splitAnnexB(stream);
  for (const nal of nals) assembler.push(nal, undefined);
  assembler.flush();
  const times = packets(file, 'v');
  const frames = units.map(({ nals: parts, key }, i): VideoFrame => {
    const { pts = 0, dts = 0 } = times[i] ?? {};
    return { kind: 'video', codec, ptsUs: toUs(pts), dtsUs: toUs(dts), key, nals: parts };
  });
  return { track: { kind: 'video', codec, parameterSets: new ParameterSets(codec, nals).list() }, frames, file };
}

export interface Audio {
  readonly track: AudioTrack;
  readonly frames: readonly AudioFrame[];
}

type Sound = 'aac' | 'opus' | 'pcma' | 'pcmu';
const sounds = new Map<string, Audio>();

/** Encoded once for all tests of a file. */
export function makeAudio(folder: string, codec: Sound, seconds = 4): Audio {
  const name = `${folder} ${codec} ${seconds}`;
  const audio = sounds.get(name) ?? encodeAudio(folder, codec, seconds);
  sounds.set(name, audio);
  return audio;
}

function encodeAudio(folder: string, codec: Sound, seconds: number): Audio {
  const source = ['-f', 'lavfi', '-i', `sine=f=440:d=${seconds}:r=48000`];
  if (codec === 'pcma' || codec === 'pcmu') return makeG711(codec, source);
  const file = join(folder, `${codec}-${seconds}.mp4`);
  ffmpeg(...source, '-ac', '2', '-c:a', codec === 'aac' ? 'aac' : 'libopus', '-y', file);
  const data = ffmpeg('-i', file, '-c', 'copy', '-map', '0:a', '-f', 'data', '-');
  let at = 0;
  const frames = packets(file, 'a').map(({ pts, size }): AudioFrame => {
    at += size;
    return { kind: 'audio', codec, ptsUs: toUs(pts), data: data.subarray(at - size, at) };
  });
  const config = makeAudioConfig({ objectType: 2, sampleRate: 48_000, channels: 2 });
  const track: AudioTrack = {
    kind: 'audio',
    codec,
    sampleRate: 48_000,
    channels: 2,
    ...(codec === 'aac' && { config }),
  };
  return { track, frames };
}

function makeG711(codec: 'pcma' | 'pcmu', source: readonly string[]): Audio {
  const name = codec === 'pcma' ? 'alaw' : 'mulaw';
  const data = ffmpeg(...source, '-ar', '8000', '-ac', '1', '-c:a', `pcm_${name}`, '-f', name, '-');
  const frames: AudioFrame[] = [];
  for (let at = 0; at < data.length; at += 160) {
    frames.push({ kind: 'audio', codec, ptsUs: at * 125, data: data.subarray(at, at + 160) });
  }
  return { track: { kind: 'audio', codec, sampleRate: 8000, channels: 1 }, frames };
}

export const timeOf = (frame: Frame): number => (frame.kind === 'video' ? frame.dtsUs : frame.ptsUs);

/** The frames of several tracks in the order in which they would arrive. */
export function interleave(...tracks: readonly (readonly Frame[])[]): Frame[] {
  return tracks.flat().toSorted((a, b) => timeOf(a) - timeOf(b));
}

/** The same frames later, or earlier. */
export function moved<T extends Frame>(frames: readonly T[], byUs: number): T[] {
  return frames.map((frame) =>
    frame.kind === 'video'
      ? { ...frame, ptsUs: frame.ptsUs + byUs, dtsUs: frame.dtsUs + byUs }
      : { ...frame, ptsUs: frame.ptsUs + byUs },
  );
}
