/**
 * A failure that the person who started the program can act on. The message is one line, complete
 * in itself, and is printed without a stack.
 */
export class PostgresError extends Error {
  readonly code: PostgresErrorCode;
  constructor(code: PostgresErrorCode, message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'PostgresError';
    this.code = code;
  }
}

export type PostgresErrorCode =
  /** No binaries for this machine, or not installed. */
  | 'no-binaries'
  /** Another process uses the folder. */
  | 'locked'
  /** The folder cannot be entered, owned or written by the account PostgreSQL runs as. */
  | 'unreachable-folder'
  /** The cluster in the folder is of another major version, or half of it is missing. */
  | 'foreign-cluster'
  /** initdb or postgres ended with an error; the message carries the end of its log. */
  | 'start-failed';
