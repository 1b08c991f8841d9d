/** A town with people who can be told things. */
import { newId, type Role } from '@wangge/contract-kit';
import { areas } from '@wangge/areas';
import type { Module } from '@wangge/kernel';
import type { LightMyRequestResponse } from 'fastify';
import { openTestTown, type TestTown } from '@wangge/kernel/testkit';
import { staff } from '@wangge/staff';
import { type Seat, seat } from '@wangge/staff/testkit';
import { notify } from '../src/index.ts';
import { deliverDue } from '../src/keep-delivering.ts';

export interface NotifyTown extends TestTown {
  /** Somebody with a telephone, signed in. */
  person(role: Role, phone?: string | null): Promise<Seat>;
  send(as: Seat | null, method: string, url: string, body?: object): Promise<LightMyRequestResponse>;
  ask<T>(as: Seat, method: string, url: string, body?: object): Promise<T>;
  /** Moves the clock on step by step, delivering at each. */
  pass(ms: number, stepMs?: number): Promise<void>;
}

export async function openNotifyTown(more: readonly Module[] = []): Promise<NotifyTown> {
  const town = await openTestTown([areas, staff, notify, ...more]);
  const send: NotifyTown['send'] = async (as, method, url, body) => {
    // Hours pass in these tests; nobody was away for them.
    await town.owner.query('update staff_sessions set last_seen_at = $1', [new Date(town.clock.nowMs())]);
    return town.app.inject({
      method: method as 'GET',
      url,
      headers: { 'x-wangge': '1', ...(as === null ? {} : { cookie: as.cookie }) },
      ...(body ? { payload: body } : {}),
    });
  };
  return {
    ...town,
    send,
    async person(role, phone = '13800001234') {
      const seated = await seat(town.rt, [{ role, area: { id: newId(), path: '990101/990101100/' } }], role);
      if (phone !== null) {
        await town.owner.query('update staff_accounts set phone_sealed = $2, phone_mask = $3 where id = $1', [
          seated.id,
          town.rt.keys.encrypt('staff-phone', phone),
          `${phone.slice(0, 3)}****${phone.slice(-4)}`,
        ]);
      }
      return seated;
    },
    async ask<T>(as: Seat, method: string, url: string, body?: object) {
      const answer = await send(as, method, url, body);
      if (answer.statusCode !== 200) throw new Error(`${method} ${url}: ${answer.statusCode} ${answer.body}`);
      return answer.json<T>();
    },
    async pass(ms, stepMs = 30_000) {
      for (let gone = 0; gone < ms; gone += stepMs) {
        town.clock.advance(Math.min(stepMs, ms - gone));
        await deliverDue(town.rt);
      }
    },
  };
}
