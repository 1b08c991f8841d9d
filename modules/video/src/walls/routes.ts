import { handle, type Handler } from '@wangge/kernel';
import * as contract from '../contract.ts';
import { deleteWall, listWalls, saveWall } from './walls.ts';

export const wallRoutes: readonly Handler[] = [
  handle(contract.listWalls, (c) => c.tx(async (tx) => ({ items: await listWalls(tx) }))),
  handle(contract.saveWall, (c) => c.tx((tx) => saveWall(tx, c.params.id, c.body.version, c.body.wall))),
  handle(contract.deleteWall, (c) =>
    c.tx(async (tx) => {
      await deleteWall(tx, c.params.id);
      return {};
    }),
  ),
];
