/** Rounds as the pages show them. */
import { AppError } from '@wangge/contract-kit';
import { photosOf, type StoredPhoto, type Tx } from '@wangge/kernel';
import type { GridFigures, Round } from '../contract.ts';
import { minuteOf, today } from '../rounds/town-day.ts';
import { outOfOrder, pointStateOf, roundStateOf } from '../rules.ts';
import { findRound, type PointRow, pointsOf, type RoundRow, roundsOfAccount, roundsOfDay } from '../store/rounds.ts';

/** Owner of the photos of a check-in: the point of the round. */
export const photoKind = 'patrol-point';
const noPhotos: ReadonlyMap<string, StoredPhoto[]> = new Map();

function showRound(
  tx: Tx,
  round: RoundRow,
  points: readonly PointRow[],
  photos: ReadonlyMap<string, StoredPhoto[]>,
  withPositions: boolean,
): Round {
  const disorder = outOfOrder(points.map((p) => p.doneAtMs));
  return {
    id: round.id,
    routeId: round.routeId,
    routeName: round.routeName,
    areaId: round.areaId,
    areaName: round.areaName,
    day: round.day,
    accountId: round.accountId,
    accountName: round.accountName,
    startsAtMs: round.startsAtMs,
    endsAtMs: round.endsAtMs,
    state: roundStateOf(round, points, tx.nowMs),
    points: points.map((p, i) => ({
      n: p.n,
      name: p.name,
      place: { lon: p.lon, lat: p.lat },
      radiusM: p.radiusM,
      task: p.task,
      state: pointStateOf(p, round, tx.nowMs),
      doneAtMs: p.doneAtMs,
      how: p.how,
      byPhone: p.byPhone,
      outOfOrder: disorder[i] ?? false,
      distanceM: p.distanceM,
      reason: p.reason,
      photos: (photos.get(p.id) ?? []).map((photo) => ({ ...photo, purpose: 'proof' as const })),
      measured:
        withPositions && p.doneLon !== null && p.doneLat !== null
          ? { lon: p.doneLon, lat: p.doneLat, ...(p.accuracyM === null ? {} : { accuracyM: p.accuracyM }) }
          : null,
    })),
  };
}

async function showRounds(tx: Tx, rounds: readonly RoundRow[]): Promise<Round[]> {
  const points = Map.groupBy(
    await pointsOf(
      tx,
      rounds.map((r) => r.id),
    ),
    (p) => p.roundId,
  );
  return rounds.map((r) => showRound(tx, r, points.get(r.id) ?? [], noPhotos, false));
}

/**
 * Of the areas where the caller's post gives the right to them; without positions and photos.
 *
 * @throws AppError `not-found` where the round that names the day is not there for the caller
 */
export async function listRoundsOf(
  tx: Tx,
  asked: { readonly day?: string | undefined; readonly roundId?: string | undefined },
): Promise<{ day: string; rounds: Round[]; areas: GridFigures[] }> {
  const day = asked.roundId === undefined ? (asked.day ?? today(tx)) : (await findRound(tx, asked.roundId)).day;
  // Whoever looks after midnight wants to see who is out; the walk still counts to the day on which it began.
  const underWayMs = day === today(tx) ? tx.nowMs : null;
  const rows = (await roundsOfDay(tx, day, underWayMs)).filter((r) =>
    tx.rt.can(tx.actor, 'patrols.read', { areaPath: r.areaPath }),
  );
  const rounds = await showRounds(tx, rows);
  return { day, rounds, areas: figuresOf(rounds.filter((r) => r.day === day)) };
}

/** Called-off rounds do not count; a point that is still to come is neither done nor missed. */
function figuresOf(rounds: readonly Round[]): GridFigures[] {
  const counted = rounds.filter((r) => r.state !== 'called-off');
  return [...Map.groupBy(counted, (r) => r.areaId).values()].map((list) => {
    const points = list.flatMap((r) => r.points);
    return {
      areaId: list[0]?.areaId ?? '',
      areaName: list[0]?.areaName ?? '',
      rounds: list.length,
      points: points.length,
      done: points.filter((p) => p.state === 'done').length,
      missed: points.filter((p) => p.state === 'missed').length,
    };
  });
}

export async function listRoundsOfMine(tx: Tx): Promise<Round[]> {
  const day = today(tx);
  return showRounds(tx, await roundsOfAccount(tx, tx.actor.id, day, minuteOf(tx, day, 0)));
}

/** With positions and photos; a look at somebody else's is audited. @throws AppError `not-found`, `forbidden` */
export async function readRoundWithPositions(tx: Tx, id: string): Promise<Round> {
  const round = await findRound(tx, id);
  tx.rt.authorise(tx.actor, 'patrols.see-round', { areaPath: round.areaPath, assigneeIds: [round.accountId] });
  if (round.accountId !== tx.actor.id) {
    tx.audit({
      action: 'patrols.read-round',
      subject: { kind: 'patrol', id },
      details: { accountId: round.accountId, day: round.day },
    });
  }
  return wholeRound(tx, round);
}

export async function wholeRound(tx: Tx, round: RoundRow): Promise<Round> {
  const points = await pointsOf(tx, [round.id]);
  if (points.length === 0) throw new AppError('not-found');
  const photos = await photosOf(
    tx,
    photoKind,
    points.map((p) => p.id),
  );
  return showRound(tx, round, points, photos, true);
}
