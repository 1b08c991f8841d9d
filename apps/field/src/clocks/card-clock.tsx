import type { Task } from '@wangge/dispatch/contract';
import { LimitLine } from './limit-line.tsx';
import { pressingLimit } from './limits-of.ts';

/** The limit that matters most, in a corner of the card. */
export function CardClock({ task }: { task: Task }) {
  const limit = pressingLimit(task);
  return limit ? <LimitLine limit={limit} /> : null;
}
