/** What one step of a form hands to the next through the page: sealed, so that nobody can alter or read it. */
import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import type { z } from 'zod';

/** @throws nothing; the answer is text for a hidden field */
export function seal(rt: Runtime, purpose: string, value: unknown): string {
  return rt.keys.encrypt(`portal-${purpose}`, JSON.stringify(value));
}

/** @throws AppError `csrf-failed` for what we did not seal for this purpose */
export function unseal<S extends z.ZodType>(rt: Runtime, purpose: string, schema: S, sealed: string): z.output<S> {
  try {
    return schema.parse(JSON.parse(rt.keys.decrypt(`portal-${purpose}`, sealed)));
  } catch (cause) {
    throw new AppError('csrf-failed', { cause });
  }
}
