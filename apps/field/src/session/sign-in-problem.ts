import type { CallError } from '@wangge/client';

/** For a locked account: how long it lasts, where the answer says so; null to use the general sentence. */
export function lockedSentence(
  error: Pick<CallError, 'code' | 'details'>,
  locked: (minutes: number) => string,
): string | null {
  const seconds = error.details['retryAfterS'];
  if (error.code !== 'locked-out' || typeof seconds !== 'number') return null;
  return locked(Math.max(1, Math.ceil(seconds / 60)));
}
