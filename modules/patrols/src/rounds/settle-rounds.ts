/** Rounds whose time is over: whoever leads the grid is told of missed points, once. */
import type { Tx } from '@wangge/kernel';
import { tellAccounts } from '@wangge/notify';
import { membersFor } from '@wangge/staff';
import { announce } from '../announce.ts';
import { findRoute } from '../store/patrol-routes.ts';
import { markSettled, pointsOf, type RoundRow, roundsToSettle } from '../store/rounds.ts';

const atOnce = 200;
/** Names of missed points in one message. */
const named = 3;

/** @returns how many were settled; as many as asked for: there may be more */
export async function settleRounds(tx: Tx): Promise<{ settled: number; more: boolean }> {
  const rounds = await roundsToSettle(tx, atOnce);
  const ids = rounds.map((r) => r.id);
  const points = await pointsOf(tx, ids);
  for (const round of rounds) {
    const missed = points.filter((p) => p.roundId === round.id && p.doneAtMs === null);
    if (missed.length > 0) {
      await tellOf(
        tx,
        round,
        missed.map((p) => p.name),
      );
    }
    announce(tx, { routeId: round.routeId, roundId: round.id, areaPath: round.areaPath }, [round.accountId]);
  }
  if (ids.length > 0) await markSettled(tx, ids);
  return { settled: ids.length, more: ids.length === atOnce };
}

async function tellOf(tx: Tx, round: RoundRow, missed: readonly string[]): Promise<void> {
  const params = {
    name: round.accountName,
    route: round.routeName,
    count: String(missed.length),
    points: missed.slice(0, named).join('、') + (missed.length > named ? '…' : ''),
  };
  await tellAccounts(
    tx,
    (await toldOf(tx, round)).map((accountId) => ({
      accountId,
      template: 'patrol.missed' as const,
      params,
      subject: { kind: 'patrol', id: round.id },
      onceKey: `patrol:${round.id}:missed`,
    })),
  );
}

/** Grid heads at the area or above it; where there are none, whoever made the route. */
async function toldOf(tx: Tx, round: RoundRow): Promise<string[]> {
  const heads = (await membersFor(tx, round.areaPath)).filter(
    (m) => m.role === 'grid-head' && round.areaPath.startsWith(m.areaPath),
  );
  if (heads.length > 0) return [...new Set(heads.map((m) => m.accountId))];
  return [(await findRoute(tx, round.routeId)).createdBy];
}
