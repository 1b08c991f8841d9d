import type { CallError } from '@wangge/client';

interface Words {
  readonly locked: (minutes: number) => string;
  readonly tooMany: string;
}

/** A more precise sentence than the general one for a failed sign-in, or null. */
export function signInProblem(error: Pick<CallError, 'code' | 'details'>, words: Words): string | null {
  if (error.code === 'rate-limited') return words.tooMany;
  if (error.code !== 'locked-out') return null;
  const untilMs = error.details['untilMs'] ?? error.details['lockedUntilMs'];
  const seconds = error.details['retryAfterS'];
  if (typeof untilMs === 'number') return words.locked(Math.max(1, Math.ceil((untilMs - Date.now()) / 60_000)));
  if (typeof seconds === 'number') return words.locked(Math.max(1, Math.ceil(seconds / 60)));
  return null;
}
