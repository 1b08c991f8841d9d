/** Where bytes of files are kept: local disk here, any object store behind the same five verbs. */
import type { Readable } from 'node:stream';

export interface StoredBytes {
  readonly sizeBytes: number;
  /** Opened when the answer is made; the reader destroys or drains it. */
  readonly stream: Readable;
}

/** Keys are ours (`a7/3f/<id>.jpg`): lower-case letters, digits, `-`, `.` and `/`. */
export interface FileStore {
  /** Whole or not at all, and on the disk when it resolves. Throws `disk-full`. */
  put(key: string, bytes: Buffer): Promise<void>;
  /** Null where there is nothing under the key. */
  open(key: string): Promise<StoredBytes | null>;
  /** Removing what is not there is no error. */
  remove(key: string): Promise<void>;
  /** Keys last written before that moment, in no order. */
  keysOlderThan(ms: number): AsyncIterable<string>;
  /** Throws away what writers that died left half-written before that moment. */
  removeHalfWritten(beforeMs: number): Promise<void>;
}
