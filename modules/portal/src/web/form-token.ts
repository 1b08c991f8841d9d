/**
 * A hidden field that only this server can have made. It shows that the form came from a page of ours,
 * and its key makes sending twice the same as sending once.
 */
import { AppError, newId } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';

const lifeMs = 24 * 3600_000;
export type FormPurpose = 'report' | 'rating' | 'withdraw' | 'objection' | 'follow' | 'find';

/** @param key of a form that is shown again; a new one otherwise */
export function formToken(rt: Runtime, purpose: FormPurpose, key: string = newId(rt.clock.nowMs())): string {
  const issued = rt.clock.nowMs().toString(36);
  return `${key}.${issued}.${rt.keys.sign('portal-form', purpose, key, issued)}`;
}

/**
 * The form's key. `expired` asks to show the form again with a fresh token of the same key, since the
 * first try may have come through.
 *
 * @throws AppError `csrf-failed` for a token that we did not make for this purpose
 */
export function openFormToken(
  rt: Runtime,
  purpose: FormPurpose,
  token: string | undefined,
): { key: string; expired: boolean } {
  const [key = '', issued = '', signature = ''] = (token ?? '').split('.');
  if (!/^[0-9a-f-]{36}$/.test(key) || !rt.keys.verify(signature, 'portal-form', purpose, key, issued))
    throw new AppError('csrf-failed');
  return { key, expired: rt.clock.nowMs() - Number.parseInt(issued, 36) > lifeMs };
}
