/** Pictures of ffmpeg as a hub gives them out, for recorders. */
import { spawnSync } from 'node:child_process';
import {
  type AccessUnit,
  AccessUnitAssembler,
  type Frame,
  ParameterSets,
  splitAnnexB,
  type Track,
} from '@wangge/codec';
import type { Hubs, HubSubscriber, Subscription } from '../src/media/hub.ts';

/** Runs a program; anything that it complains of is an error. */
export function run(program: string, args: readonly string[]): Buffer {
  const { stdout, stderr, status, error } = spawnSync(program, args, { maxBuffer: 256 << 20 });
  if (error) throw error;
  if (status !== 0 || stderr.length > 0) throw new Error(`${program} ${args.join(' ')}: ${stderr.toString()}`);
  return stdout;
}

export interface Clip {
  readonly tracks: readonly Track[];
  /** 25 pictures a second from time 0. */
  readonly frames: readonly Frame[];
}

/** A test picture of so many seconds with a key picture each second, and A-law sound where asked for. */
export function makeClip(seconds: number, { size = '320x240', sound = false } = {}): Clip {
  const stream = run('ffmpeg', [
    '-v',
    'error',
    '-nostdin',
    '-threads',
    '1',
    '-f',
    'lavfi',
    '-i',
    `testsrc2=s=${size}:r=25:d=${seconds}`,
    '-pix_fmt',
    'yuv420p',
    '-c:v',
    'libx264',
    '-preset',
    'ultrafast',
    '-g',
    '25',
    '-keyint_min',
    '25',
    '-sc_threshold',
    '0',
    '-bf',
    '0',
    '-f',
    'h264',
    '-',
  ]);
  const nals = splitAnnexB(stream);
  const units: AccessUnit<undefined>[] = [];
  const assembler = new AccessUnitAssembler<undefined>({ codec: 'h264', onUnit: (unit) => units.push(unit) });
  for (const nal of nals) assembler.push(nal, undefined);
  assembler.flush();
  const pictures = units.map(({ nals: parts, key }, i): Frame => {
    return { kind: 'video', codec: 'h264', ptsUs: i * 40_000, dtsUs: i * 40_000, key, nals: parts };
  });
  const video: Track = { kind: 'video', codec: 'h264', parameterSets: new ParameterSets('h264', nals).list() };
  if (!sound) return { tracks: [video], frames: pictures };
  const packets = Array.from({ length: seconds * 50 }, (_, i): Frame => {
    return { kind: 'audio', codec: 'pcma', ptsUs: i * 20_000, data: Buffer.alloc(160, 0x55 + (i % 7)) };
  });
  const time = (frame: Frame): number => frame.ptsUs;
  return {
    tracks: [video, { kind: 'audio', codec: 'pcma', sampleRate: 8000, channels: 1 }],
    frames: [...pictures, ...packets].toSorted((a, b) => time(a) - time(b)),
  };
}

/** The same clip `n` times on, with times that go on. */
export function shifted(frame: Frame, byUs: number): Frame {
  return frame.kind === 'video'
    ? { ...frame, ptsUs: frame.ptsUs + byUs, dtsUs: frame.dtsUs + byUs }
    : { ...frame, ptsUs: frame.ptsUs + byUs };
}

/** Hubs whose pictures a test pushes. */
export class ScriptedHubs implements Hubs {
  readonly subscribers = new Map<string, HubSubscriber>();
  readonly #clip: Clip;

  constructor(clip: Clip) {
    this.#clip = clip;
  }

  subscribe(cameraId: string, _variant: 'main' | 'sub', subscriber: HubSubscriber): Promise<Subscription> {
    this.subscribers.set(cameraId, subscriber);
    subscriber.onTracks(this.#clip.tracks);
    return Promise.resolve({
      pause: () => undefined,
      resume: () => undefined,
      close: () => void this.subscribers.delete(cameraId),
    });
  }

  /** Plays the whole clip to everybody, at once, as if it had begun at `wallMs`. */
  play(wallMs: number, fromUs = 0): void {
    for (const frame of this.#clip.frames) {
      for (const one of this.subscribers.values()) {
        one.onFrame(shifted(frame, fromUs), wallMs + frame.ptsUs / 1000);
      }
    }
  }
}
