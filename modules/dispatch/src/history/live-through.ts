/** One incident of the past, from its report to wherever it had come at the end: every step by the rules. */
import { AppError } from '@wangge/contract-kit';
import { between, pick, type Rng } from '@wangge/geo';
import { findRecord, moveIncident, rateIncident, reportIncident, type MoveFacts } from '@wangge/incidents';
import type { Actor, Tx } from '@wangge/kernel';
import { dispatchIncident } from '../actions/dispatch-incident.ts';
import { moveOrder } from '../actions/move-order.ts';
import type { OrderMoveBody } from '../contract.ts';
import { type OrderRecord, ordersOf } from '../order.ts';
import type { Cast } from './cast.ts';
import { answerOf } from './stories.ts';

const minuteMs = 60_000;

export interface Happening {
  /** `member:…`, `resident:…`, `dispatcher:…`: the same key is the same incident. */
  readonly key: string;
  readonly categoryCode: string;
  readonly limitMin: number;
  readonly description: string;
  readonly place: { readonly lon: number; readonly lat: number };
  readonly path: string;
  readonly atMs: number;
  /** Nothing happens after this moment. */
  readonly untilMs: number;
}

/** Thrown to leave off where the present begins. */
class PresentReached extends Error {}

/** Answers the incident, or null when it was there already. */
export async function liveThrough(tx: Tx, happening: Happening, cast: Cast, random: Rng): Promise<string | null> {
  const { atMs, untilMs } = happening;
  const byResident = happening.key.startsWith('resident:');
  const byDesk = happening.key.startsWith('dispatcher:');
  const members = cast.membersAt(happening.path);
  const dispatcher = pick(random, cast.dispatchers);
  const member = members.length === 0 ? dispatcher : pick(random, members);
  const selfHandled = !byResident && !byDesk && members.length > 0 && random() < 0.62;
  const reported = await reportIncident(tx, happening.key, {
    categoryCode: happening.categoryCode,
    description: happening.description,
    place: happening.place,
    atMs,
    quiet: true,
    selfHandled,
    ...(selfHandled ? { paperProofs: 1 } : {}),
    ...(byResident ? { anonymous: true } : { by: byDesk ? dispatcher : member }),
  });
  if (reported.replayed) return null;
  const { id } = reported;
  let nowMs = atMs;
  const later = (fromMin: number, toMin: number): number => {
    nowMs += Math.round(between(random, fromMin, toMin) * minuteMs);
    if (nowMs > untilMs) throw new PresentReached();
    return nowMs;
  };
  const facts = (by: Actor, at: number): MoveFacts => ({ by, atMs: at, quiet: true, anyVersion: true });
  const version = 0;
  try {
    if (byResident && random() < 0.03) {
      const reason = '经核实不属于受理范围';
      await moveIncident(tx, id, { move: 'reject', version, reason }, facts(dispatcher, later(5, 90)));
      return id;
    }
    if (!selfHandled) {
      await dispatchIncident(tx, id, { version }, facts(dispatcher, later(2, 45)));
      await handleOrders(tx, id, happening, cast, random, later);
    }
    if (random() < 0.03 && (await findRecord(tx, id)).state === 'responded') {
      const reason = '现场复核未达标，请返工';
      await moveIncident(tx, id, { move: 'rework', version, reason }, facts(dispatcher, later(20, 200)));
      await handleOrders(tx, id, happening, cast, random, later);
    }
    if ((await findRecord(tx, id)).state !== 'responded') return id;
    const verifier = cast.dispatchers.find((d) => d.id !== member.id) ?? dispatcher;
    await moveIncident(tx, id, { move: 'close', version }, facts(verifier, later(10, 600)));
    if (byResident && random() < 0.45) {
      const satisfied = random() < 0.85 ? Math.round(between(random, 4, 5)) : Math.round(between(random, 1, 3));
      const rating = { response: satisfied, resolved: satisfied > 2, satisfied, text: null };
      await rateIncident(tx, id, rating, { atMs: later(10, 2000), quiet: true, hats: ['reporter'] });
    }
  } catch (error) {
    // Where a town has nobody to send it to, it waits for the dispatcher.
    const nobody = error instanceof AppError && error.details?.['guard'] === 'party-can-receive';
    if (!nobody && !(error instanceof PresentReached)) throw error;
  }
  return id;
}

/** Each required order is taken, worked on and answered; now and then one is returned first. */
async function handleOrders(
  tx: Tx,
  id: string,
  happening: Happening,
  cast: Cast,
  random: Rng,
  later: (fromMin: number, toMin: number) => number,
): Promise<void> {
  const limit = happening.limitMin;
  const open = (await ordersOf(tx, id)).filter((o) => o.required && (o.state === 'offered' || o.state === 'handling'));
  for (const order of open) {
    const party = partyOf(order, cast, random);
    if (!party) return;
    const facts = (at: number): MoveFacts => ({ by: party, atMs: at, quiet: true, anyVersion: true });
    const version = 0;
    if (order.state === 'offered') {
      await moveOrder(tx, order.id, { move: 'accept', version }, facts(later(1, 25)));
      const place = happening.place;
      await moveOrder(tx, order.id, { move: 'arrive', version, place }, facts(later(5, 40)));
      await moveOrder(tx, order.id, { move: 'handle', version }, facts(later(1, 10)));
    }
    // Most are done well before the limit, some after it.
    const share = random() < 0.93 ? between(random, 0.03, 0.6) : between(random, 0.9, 1.6);
    const text = answerOf(random);
    const respond: OrderMoveBody = { move: 'respond', version, text, photoIds: [], place: happening.place };
    await moveOrder(tx, order.id, respond, { ...facts(later(limit * share * 0.8, limit * share)), paperProofs: 1 });
  }
}

function partyOf(order: OrderRecord, cast: Cast, random: Rng): Actor | null {
  if (order.handlerId !== null) return cast.byAccount.get(order.handlerId) ?? null;
  if (order.partyKind === 'account') return cast.byAccount.get(order.partyId) ?? null;
  const handlers = cast.handlers.get(order.partyId) ?? [];
  return handlers.length === 0 ? null : pick(random, handlers);
}
