/**
 * The one error shape of the platform: a code, a sentence for people in two languages, and where
 * it applies, the field at fault. Codes are stable; sentences live in `@wangge/texts`.
 */
import { z } from 'zod';

/** HTTP status for every error code. A code appears here or it cannot be thrown. */
export const errorStatus = {
  // The request itself
  'bad-request': 400,
  'invalid-field': 400,
  'text-too-long': 400,
  'unsupported-media': 415,
  'file-too-large': 413,
  'image-too-large': 413,
  'not-an-image': 415,
  'malformed-json': 400,
  // Who asks
  unauthenticated: 401,
  'wrong-credentials': 401,
  'second-factor-required': 401,
  'wrong-second-factor': 401,
  'wrong-code': 401,
  'locked-out': 423,
  forbidden: 403,
  'csrf-failed': 403,
  'purpose-required': 403,
  'wrong-token': 403,
  // What is asked for
  'not-found': 404,
  'method-not-allowed': 405,
  gone: 410,
  // The state of things
  conflict: 409,
  'stale-edit': 409,
  'move-not-allowed': 409,
  'guard-failed': 409,
  'proof-not-in-app': 409,
  'already-exists': 409,
  'key-reused': 409,
  'place-outside': 422,
  'category-closed': 422,
  'tiling-faulty': 422,
  'row-invalid': 422,
  'public-url-loopback': 409,
  // Limits and faults
  'rate-limited': 429,
  'disk-full': 507,
  unavailable: 503,
  internal: 500,
} as const satisfies Record<string, number>;

export type ErrorCode = keyof typeof errorStatus;

/** What goes over the wire for every failure of every route. */
export const errorBody = z.object({
  error: z.object({
    code: z.string(),
    message: z.object({ zh: z.string(), en: z.string() }),
    /** Path of the field at fault, dotted (`place.lon`), when one is. */
    field: z.string().optional(),
    /** Facts for the user interface: limits, current version, allowed moves. */
    details: z.record(z.string(), z.unknown()).optional(),
    /** Correlates with the server's log. */
    requestId: z.string().optional(),
  }),
});
export type ErrorBody = z.infer<typeof errorBody>;

/** Facts beside a code; lists of objects are for user interfaces, a terminal leaves them out. */
export type ErrorDetails = Record<string, string | number | boolean | readonly string[] | readonly object[] | null>;

/**
 * An expected failure that a person or a client can act on. Programmer errors just throw.
 *
 * @example throw new AppError('stale-edit', { field: 'version', details: { current: 7 } });
 */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly field: string | undefined;
  readonly details: ErrorDetails | undefined;
  constructor(code: ErrorCode, more: { field?: string; details?: ErrorDetails; cause?: unknown } = {}) {
    super(code, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = 'AppError';
    this.code = code;
    this.field = more.field;
    this.details = more.details;
  }
  get status(): number {
    return errorStatus[this.code];
  }
}
