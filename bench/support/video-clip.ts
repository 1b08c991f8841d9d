/** A camera's stream for benchmarks of recording: 720p25 at 2 Mbit/s with A-law sound, encoded once, looped. */
import { spawnSync } from 'node:child_process';
import {
  type AccessUnit,
  AccessUnitAssembler,
  type Frame,
  ParameterSets,
  splitAnnexB,
  type Track,
} from '@wangge/codec';

export interface BenchClip {
  readonly tracks: readonly Track[];
  /** In order of time, from 0. */
  readonly frames: readonly Frame[];
  readonly seconds: number;
}

/** Key pictures every two seconds, as cameras have them. */
export function videoClip(seconds: number, kbitPerS = 2000): BenchClip {
  const rate = `${kbitPerS}k`;
  const { stdout, status, stderr } = spawnSync(
    'ffmpeg',
    [
      '-v',
      'error',
      '-nostdin',
      '-f',
      'lavfi',
      '-i',
      `testsrc2=s=1280x720:r=25:d=${seconds},noise=alls=12:allf=t`,
      '-pix_fmt',
      'yuv420p',
      '-c:v',
      'libx264',
      '-preset',
      'ultrafast',
      '-g',
      '50',
      '-keyint_min',
      '50',
      '-sc_threshold',
      '0',
      '-bf',
      '0',
      '-b:v',
      rate,
      '-minrate',
      rate,
      '-maxrate',
      rate,
      '-bufsize',
      '1000k',
      '-f',
      'h264',
      '-',
    ],
    { maxBuffer: 256 << 20 },
  );
  if (status !== 0) throw new Error(`ffmpeg: ${stderr.toString()}`);
  const nals = splitAnnexB(stdout);
  const units: AccessUnit<undefined>[] = [];
  const assembler = new AccessUnitAssembler<undefined>({ codec: 'h264', onUnit: (unit) => units.push(unit) });
  for (const nal of nals) assembler.push(nal, undefined);
  assembler.flush();
  const pictures = units.map(({ nals: parts, key }, i): Frame => ({
    kind: 'video',
    codec: 'h264',
    ptsUs: i * 40_000,
    dtsUs: i * 40_000,
    key,
    nals: parts,
  }));
  const sound = Array.from({ length: seconds * 50 }, (_, i): Frame => ({
    kind: 'audio',
    codec: 'pcma',
    ptsUs: i * 20_000,
    data: Buffer.alloc(160, 0xd5),
  }));
  return {
    tracks: [
      { kind: 'video', codec: 'h264', parameterSets: new ParameterSets('h264', nals).list() },
      { kind: 'audio', codec: 'pcma', sampleRate: 8000, channels: 1 },
    ],
    frames: [...pictures, ...sound].toSorted((a, b) => a.ptsUs - b.ptsUs),
    seconds,
  };
}

export function later(frame: Frame, byUs: number): Frame {
  return frame.kind === 'video'
    ? { ...frame, ptsUs: frame.ptsUs + byUs, dtsUs: frame.dtsUs + byUs }
    : { ...frame, ptsUs: frame.ptsUs + byUs };
}
