/** A number verified a short while ago: sealed in a cookie, so that the next step asks for no second code. */
import type { Runtime } from '@wangge/kernel';
import { verifiedMs } from '../rules.ts';
import type { Reply, Request } from './http.ts';

const cookie = 'wangge_phone';

export function rememberPhone(rt: Runtime, reply: Reply, phone: string): void {
  const untilMs = rt.clock.nowMs() + verifiedMs;
  void reply.setCookie(cookie, rt.keys.encrypt('portal-phone', `${untilMs} ${phone}`), {
    path: '/',
    maxAge: verifiedMs / 1000,
    sameSite: 'lax',
    httpOnly: true,
    secure: rt.config.publicUrl.startsWith('https:'),
  });
}

/** Null when none was verified, or too long ago. */
export function verifiedPhone(rt: Runtime, request: Request): string | null {
  const sealed = request.cookies[cookie];
  if (sealed === undefined) return null;
  try {
    const [until = '', phone = ''] = rt.keys.decrypt('portal-phone', sealed).split(' ');
    return Number(until) > rt.clock.nowMs() && phone !== '' ? phone : null;
  } catch {
    // Made up, or sealed by a key that was since changed: as good as none.
    return null;
  }
}
