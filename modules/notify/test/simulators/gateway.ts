/** A gateway to telephones: checks the signature, drops repetitions by their key, and can be down. */
import { createHmac } from 'node:crypto';
import { simulator, type Simulator } from './http.ts';

interface Taken {
  readonly id: string;
  readonly phone: string;
  readonly text: string;
  readonly lang?: string;
}
export interface Gateway extends Simulator {
  /** Each once, as they would have gone out. */
  readonly taken: Taken[];
  /** Repetitions that were dropped. */
  readonly repeated: string[];
  /** `down`: 503. `deaf`: takes it and hangs up before answering. `strict`: refuses for good. */
  mode: 'up' | 'down' | 'deaf' | 'strict';
}

export async function gateway(key: string): Promise<Gateway> {
  const taken: Taken[] = [];
  const repeated: string[] = [];
  const server = await simulator(({ headers, body }) => {
    if (self.mode === 'down') return { status: 503 };
    if (self.mode === 'strict') return { status: 422 };
    if (headers['x-wangge-signature'] !== createHmac('sha256', key).update(body).digest('hex')) return { status: 401 };
    const message = JSON.parse(body.toString()) as Taken;
    if (headers['idempotency-key'] !== message.id) return { status: 400 };
    if (taken.some((t) => t.id === message.id)) repeated.push(message.id);
    else taken.push(message);
    return self.mode === 'deaf' ? null : { status: 202, body: { accepted: message.id } };
  });
  // What a test sets on the simulator is what it looks at.
  const self: Gateway = Object.assign(server, { taken, repeated, mode: 'up' as Gateway['mode'] });
  return self;
}
