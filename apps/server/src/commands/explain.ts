/** Errors of the platform in the words of its dictionary, for the terminal. */
import { AppError } from '@wangge/contract-kit';
import { errorTexts } from '@wangge/texts';
import { lineOf } from '../failure.ts';

export function explain(error: unknown): string {
  if (!(error instanceof AppError)) return lineOf(error);
  const facts = Object.entries(error.details ?? {})
    .filter(([, value]) => !(Array.isArray(value) && typeof value[0] === 'object'))
    .map(([name, value]) => `${name}: ${String(value)}`);
  const where = error.field === undefined ? [] : [error.field];
  const more = [...where, ...facts];
  return `${errorTexts[error.code].en}${more.length === 0 ? '' : ` (${more.join('; ')})`}`;
}
