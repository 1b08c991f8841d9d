/** One open segment on the disk. */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { openPath } from './places.ts';

/** More than this waiting for the disk: it does not keep up. */
const maxWaiting = 48 << 20;

export class DiskTooSlow extends Error {
  override name = 'DiskTooSlow';
}

/**
 * Appends what comes in order, in as few writes as there are fragments or fewer: what arrives while one is under way
 * goes out together. Nothing throws but `finish`, which tells the first failure of all.
 */
export class SegmentWriter {
  readonly path: string;
  bytes = 0;
  readonly #hash = createHash('sha256');
  readonly #onFailure: (error: unknown) => void;
  #waiting: Buffer[] = [];
  #waitingBytes = 0;
  #file: FileHandle | undefined;
  #failure: { readonly error: unknown } | undefined;
  #work: Promise<void> | undefined;

  /** @param path of the finished file; its folders are made */
  constructor(path: string, onFailure: (error: unknown) => void) {
    this.path = path;
    this.#onFailure = onFailure;
  }

  append(bytes: Buffer): void {
    if (this.#failure) return;
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.length;
    if (this.#waitingBytes > maxWaiting) return this.#fail(new DiskTooSlow(`${this.#waitingBytes} bytes wait`));
    this.#work ??= this.#drain();
  }

  /**
   * Flushes, gives the file its name, and closes it.
   *
   * @throws the first failure of the disk; what was written stays under its name with `.part`
   */
  async finish(): Promise<{ readonly bytes: number; readonly sha256: string }> {
    await this.#work;
    try {
      if (this.#failure) throw this.#failure.error;
      await this.#file?.datasync();
    } finally {
      await this.#file?.close().catch(() => undefined);
    }
    await rename(openPath(this.path), this.path);
    return { bytes: this.bytes, sha256: this.#hash.digest('hex') };
  }

  async #drain(): Promise<void> {
    try {
      if (!this.#file) {
        await mkdir(dirname(this.path), { recursive: true, mode: 0o700 });
        this.#file = await open(openPath(this.path), 'wx', 0o600);
      }
      while (this.#waiting.length > 0 && !this.#failure) {
        const pieces = this.#waiting;
        this.#waiting = [];
        this.#waitingBytes = 0;
        await writeAll(this.#file, pieces);
        for (const piece of pieces) {
          this.#hash.update(piece);
          this.bytes += piece.length;
        }
      }
    } catch (error) {
      this.#fail(error);
    }
    this.#work = undefined;
  }

  #fail(error: unknown): void {
    if (this.#failure) return;
    this.#failure = { error };
    this.#waiting = [];
    this.#onFailure(error);
  }
}

/** A disk that is nearly full takes a part and says so only at the next write. */
async function writeAll(file: FileHandle, pieces: readonly Buffer[]): Promise<void> {
  const total = pieces.reduce((sum, piece) => sum + piece.length, 0);
  const { bytesWritten } = await file.writev(pieces);
  if (bytesWritten === total) return;
  let rest = Buffer.concat(pieces).subarray(bytesWritten);
  while (rest.length > 0) {
    const { bytesWritten: more } = await file.write(rest);
    if (more === 0) throw new Error('the disk takes nothing');
    rest = rest.subarray(more);
  }
}
