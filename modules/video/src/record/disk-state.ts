/** Whether the disk takes recordings: after a failure nothing is tried for a while, then one segment is. */
import { statfs } from 'node:fs/promises';

const retryMs = 15_000;

export class DiskState {
  readonly #now: () => number;
  readonly #onTurn: (failure: string | null) => void;
  #failure: string | null = null;
  #retryAtMs = 0;

  /** @param onTurn once when it fails first, and with null when it took a whole segment again */
  constructor(now: () => number, onTurn: (failure: string | null) => void) {
    this.#now = now;
    this.#onTurn = onTurn;
  }

  get failure(): string | null {
    return this.#failure;
  }

  writable(): boolean {
    return this.#failure === null || this.#now() >= this.#retryAtMs;
  }

  failed(error: unknown): void {
    this.#retryAtMs = this.#now() + retryMs;
    const first = this.#failure === null;
    this.#failure = reasonOf(error);
    if (first) this.#onTurn(this.#failure);
  }

  worked(): void {
    if (this.#failure === null) return;
    this.#failure = null;
    this.#onTurn(null);
  }
}

function reasonOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : String(error);
}

/** Bytes of the disk on which a folder lies; zeros where it is gone. */
export async function diskOf(folder: string): Promise<{ readonly totalBytes: number; readonly freeBytes: number }> {
  try {
    const { bsize, blocks, bavail } = await statfs(folder);
    return { totalBytes: bsize * blocks, freeBytes: bsize * bavail };
  } catch {
    return { totalBytes: 0, freeBytes: 0 };
  }
}
