import { handle, type Handler } from '@wangge/kernel';
import * as contract from '../contract.ts';
import { answerForward, askForward, listColleagues, withdrawForward } from './forward-order.ts';
import { listForwards, readForward } from './read-forwards.ts';

export const forwardRoutes: readonly Handler[] = [
  handle(contract.listColleagues, (c) =>
    c.tx(async (tx) => ({
      colleagues: (await listColleagues(tx, c.params.id)).map((m) => ({
        id: m.accountId,
        name: m.name,
        role: m.role,
        areaName: m.areaName,
        onDuty: m.onDuty,
      })),
    })),
  ),
  handle(contract.askForward, (c) =>
    c.tx(async (tx) => {
      await askForward(tx, c.params.id, c.body);
      return { forward: await readForward(tx, c.body.clientKey) };
    }),
  ),
  handle(contract.listForwards, (c) => c.tx(async (tx) => ({ forwards: await listForwards(tx) }))),
  handle(contract.answerForward, (c) =>
    c.tx(async (tx) => {
      await answerForward(tx, c.params.id, c.body);
      return { forward: await readForward(tx, c.params.id) };
    }),
  ),
  handle(contract.withdrawForward, (c) =>
    c.tx(async (tx) => {
      await withdrawForward(tx, c.params.id, c.body.clientKey);
      return { forward: await readForward(tx, c.params.id) };
    }),
  ),
];
