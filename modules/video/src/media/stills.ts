/** The last picture of each camera as a small JPEG, made of the key pictures that pass by. */
import { mkdirSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { joinAnnexB, type VideoFrame } from '@wangge/codec';
import { ffmpegPath } from '../ffmpeg.ts';

const everyMs = 60_000;
const widthPx = 640;
const timeoutMs = 10_000;
/** Rest after a job, in times of its length: all stills together take this part of a core at most. */
const restAfterFirst = 1;
const restAfterRepeat = 9;
/** Cameras whose still waits; a hundred that begin at once take their turn, later ones come a minute later. */
const maxWaiting = 256;

export interface StillsOptions {
  readonly dataDir: string;
  readonly onMade: (cameraId: string, atMs: number) => void;
  readonly onFault: (error: unknown) => void;
}

interface Picture {
  readonly cameraId: string;
  readonly frame: VideoFrame;
  readonly wallMs: number;
}

/** One job at a time, at low priority: stills never take the processor from streams. */
export class Stills {
  readonly #options: StillsOptions;
  readonly #folder: string;
  readonly #madeMs = new Map<string, number>();
  /** The newest picture of each camera that waits. */
  readonly #waiting = new Map<string, Picture>();
  readonly #last = new Map<string, Picture>();
  #running: Promise<void> | undefined;
  #closed = false;
  #wake: () => void = () => undefined;

  constructor(options: StillsOptions) {
    this.#options = options;
    this.#folder = join(options.dataDir, 'video', 'stills');
    mkdirSync(this.#folder, { recursive: true });
  }

  static pathOf(dataDir: string, cameraId: string): string {
    return join(dataDir, 'video', 'stills', `${cameraId}.jpg`);
  }

  /** A key picture; most are only remembered. */
  offer(cameraId: string, frame: VideoFrame, wallMs: number): void {
    const picture = { cameraId, frame, wallMs };
    this.#last.set(cameraId, picture);
    if (performance.now() - (this.#madeMs.get(cameraId) ?? Number.NEGATIVE_INFINITY) >= everyMs) this.#want(picture);
  }

  /** Nobody pulls it any more: its last picture is the one to keep. */
  ended(cameraId: string): void {
    const last = this.#last.get(cameraId);
    this.#last.delete(cameraId);
    this.#madeMs.delete(cameraId);
    if (last) this.#want(last);
  }

  async close(): Promise<void> {
    this.#closed = true;
    this.#waiting.clear();
    this.#wake();
    await this.#running;
  }

  #want(picture: Picture): void {
    if (this.#closed || ffmpegPath() === null) return;
    if (this.#waiting.size >= maxWaiting && !this.#waiting.has(picture.cameraId)) return;
    this.#waiting.set(picture.cameraId, picture);
    this.#running ??= this.#work().finally(() => (this.#running = undefined));
  }

  async #work(): Promise<void> {
    for (;;) {
      const [picture] = this.#waiting.values();
      if (picture === undefined) return;
      const { cameraId, frame, wallMs } = picture;
      this.#waiting.delete(cameraId);
      const rest = this.#madeMs.has(cameraId) ? restAfterRepeat : restAfterFirst;
      const beganMs = performance.now();
      this.#madeMs.set(cameraId, performance.now());
      try {
        await this.#make(cameraId, frame);
        this.#options.onMade(cameraId, wallMs);
      } catch (error) {
        this.#options.onFault(error);
      }
      if (this.#waiting.size > 0) await this.#rest(rest * (performance.now() - beganMs));
    }
  }

  #rest(ms: number): Promise<void> {
    return new Promise((done) => {
      const timer = setTimeout(done, ms);
      this.#wake = () => {
        clearTimeout(timer);
        done();
      };
    });
  }

  async #make(cameraId: string, frame: VideoFrame): Promise<void> {
    const path = Stills.pathOf(this.#options.dataDir, cameraId);
    // ffmpeg tells the format by the end of a name.
    const draft = path.replace(/\.jpg$/, '.part.jpg');
    const format = frame.codec === 'h264' ? 'h264' : 'hevc';
    const input = ['-v', 'error', '-threads', '1', '-f', format, '-i', 'pipe:0'];
    const output = ['-frames:v', '1', '-vf', `scale=${widthPx}:-2`, '-q:v', '5', '-y', draft];
    await runNice(ffmpegPath() ?? 'ffmpeg', ['-hide_banner', ...input, ...output], joinAnnexB(frame.nals));
    await rename(draft, path);
  }
}

function runNice(program: string, args: readonly string[], input: Uint8Array): Promise<void> {
  return new Promise((done, fail) => {
    const child = spawn('nice', ['-n', '10', program, ...args], { stdio: ['pipe', 'ignore', 'pipe'] });
    let said = '';
    const timer = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    child.stderr.on('data', (data: Buffer) => (said = (said + data.toString()).slice(-500)));
    // It may have seen enough before it has read all.
    child.stdin.on('error', () => undefined);
    child.stdin.end(input);
    child.once('error', (error) => {
      clearTimeout(timer);
      fail(error);
    });
    child.once('close', (code) => {
      clearTimeout(timer);
      if (code === 0) done();
      else fail(new Error(`a still could not be made: ${said}`));
    });
  });
}
