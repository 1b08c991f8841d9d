import { handle, type Handler } from '@wangge/kernel';
import { checkInAt } from './actions/check-in.ts';
import { changeRoute, createRoute, endRoute } from './actions/edit-routes.ts';
import { listRoundsOf, listRoundsOfMine, readRoundWithPositions } from './actions/read-rounds.ts';
import { listRoutes, listWalkersOf } from './actions/read-routes.ts';
import * as contract from './contract.ts';

export const patrolRoutes: readonly Handler[] = [
  handle(contract.listPatrolRoutes, (c) =>
    c.tx(async (tx) => ({ routes: await listRoutes(tx, c.query.ended ?? false) })),
  ),
  handle(contract.createPatrolRoute, (c) => c.tx(async (tx) => ({ route: await createRoute(tx, c.body) }))),
  handle(contract.changePatrolRoute, (c) =>
    c.tx(async (tx) => ({ route: await changeRoute(tx, c.params.id, c.body) })),
  ),
  handle(contract.endPatrolRoute, (c) => c.tx(async (tx) => ({ route: await endRoute(tx, c.params.id) }))),
  handle(contract.listWalkers, (c) => c.tx(async (tx) => ({ walkers: await listWalkersOf(tx, c.query.areaId) }))),
  handle(contract.listRounds, (c) => c.tx((tx) => listRoundsOf(tx, c.query))),
  handle(contract.readRound, (c) => c.tx(async (tx) => ({ round: await readRoundWithPositions(tx, c.params.id) }))),
  handle(contract.listMyRounds, (c) => c.tx(async (tx) => ({ rounds: await listRoundsOfMine(tx) }))),
  handle(contract.checkIn, (c) =>
    c.tx(async (tx) => ({ round: await checkInAt(tx, c.params.id, c.params.n, c.body) })),
  ),
];
