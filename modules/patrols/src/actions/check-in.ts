/** Being at a point: by position, or by photo where the position fails. */
import { AppError, type Place } from '@wangge/contract-kit';
import { asPlatform, correctedTime } from '@wangge/incidents';
import type { PhoneTime } from '@wangge/incidents/contract';
import { claimPhotos, type Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import type { Round } from '../contract.ts';
import { awayFrom, checkInProblem } from '../rules.ts';
import { findRound, lockRound, pointsOf, writeCheckIn } from '../store/rounds.ts';
import { photoKind, wholeRound } from './read-rounds.ts';

export type CheckInTold = {
  readonly clientKey: string;
  readonly phone?: PhoneTime | undefined;
} & (
  | { readonly how: 'position'; readonly place: Place }
  | {
      readonly how: 'photo';
      readonly photoIds: readonly string[];
      readonly reason: string;
      readonly place?: Place | undefined;
    }
);

/**
 * Once per point; the same key again finds it done.
 *
 * @throws AppError `not-found`, `forbidden` (somebody else's round), `guard-failed` (see the route; too far away: the
 *   details say how far)
 */
export async function checkInAt(tx: Tx, id: string, n: number, told: CheckInTold): Promise<Round> {
  if ((await findRound(tx, id)).accountId !== tx.actor.id) {
    throw new AppError('forbidden', { details: { permission: 'patrols.walk' } });
  }
  const round = await asPlatform(tx, async () => {
    const locked = await lockRound(tx, id);
    const point = (await pointsOf(tx, [id])).find((p) => p.n === n);
    if (!point) throw new AppError('not-found', { field: 'n' });
    if (point.doneKey === told.clientKey) return locked;
    // Nobody walked it before it was there.
    const time = told.phone ? correctedTime(told.phone, tx.nowMs, locked.madeMs) : null;
    const atMs = time?.byPhone ? time.atMs : tx.nowMs;
    const place = told.place ?? null;
    const awayM = place ? awayFrom(point, place) : null;
    const guard = checkInProblem({
      ...locked,
      how: told.how,
      done: point.doneAtMs !== null,
      atMs,
      accuracyM: place?.accuracyM ?? null,
      awayM,
      radiusM: point.radiusM,
    });
    if (guard !== null) {
      throw new AppError('guard-failed', { details: { move: 'check-in', guard, awayM, radiusM: point.radiusM } });
    }
    if (told.how === 'photo') await claimPhotos(tx, told.photoIds, { kind: photoKind, id: point.id });
    await writeCheckIn(tx, point.id, {
      how: told.how,
      key: told.clientKey,
      atMs,
      byPhone: time?.byPhone ?? false,
      reason: told.how === 'photo' ? told.reason : null,
      place,
      distanceM: awayM,
    });
    announce(tx, { routeId: locked.routeId, roundId: id, areaPath: locked.areaPath }, [locked.accountId]);
    return locked;
  });
  return wholeRound(tx, round);
}
