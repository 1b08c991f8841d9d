/** Connection pools and how PostgreSQL's values become JavaScript's. */
import { AppError } from '@wangge/contract-kit';
import pg from 'pg';

// bigint columns of ours hold milliseconds, counts and sequence numbers, all below 2^53.
const types = new pg.TypeOverrides();
types.setTypeParser(pg.types.builtins.INT8, Number);
types.setTypeParser(pg.types.builtins.NUMERIC, Number);

export interface PoolOptions {
  url: string;
  max: number;
  name: string;
  onError: (error: Error) => void;
}

/** A pool that survives PostgreSQL's going away: an idle client's error must not end the process. */
export function makePool(options: PoolOptions): pg.Pool {
  const pool = new pg.Pool({
    connectionString: options.url,
    max: options.max,
    application_name: options.name,
    types,
    // A statement may be sent before the one ahead of it is answered: see Tx.
    pipeline: true,
    idleTimeoutMillis: 30_000,
    connectionTimeoutMillis: 10_000,
  });
  pool.on('error', options.onError);
  pool.on('connect', (client) => {
    client.on('error', options.onError);
  });
  return pool;
}

const connectionCodes = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOENT',
  'EPIPE',
  '57P01',
  '57P02',
  '57P03',
  '08006',
  '08001',
  '08003',
]);

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

/** Deadlock or serialization failure: the same transaction may succeed when run again. */
export function isRetryable(error: unknown): boolean {
  return ['40001', '40P01'].includes(codeOf(error));
}
export function isUniqueViolation(error: unknown, constraint?: string): boolean {
  return (
    codeOf(error) === '23505' &&
    (constraint === undefined || (error as { constraint?: string }).constraint === constraint)
  );
}

/** Turns faults of the database into errors that a person understands; all others pass through. */
export function translateDbError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : '';
  if (connectionCodes.has(code) || /Connection terminated|timeout exceeded when trying to connect/.test(message)) {
    return new AppError('unavailable', { cause: error });
  }
  if (code === '53100') return new AppError('disk-full', { cause: error });
  if (code === '53300') return new AppError('unavailable', { cause: error });
  if (code === '42501') return new AppError('forbidden', { cause: error });
  // A NUL byte or a lone surrogate in text.
  if (code === '22021' || code === '22P05') return new AppError('invalid-field', { cause: error });
  return error;
}
