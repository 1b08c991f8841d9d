import { handle, type Handler } from '@wangge/kernel';
import * as contract from '../contract.ts';
import { acknowledgeInstruction, giveInstruction, listInstructions, listMyInstructions, remind } from './instruct.ts';

export const instructRoutes: readonly Handler[] = [
  handle(contract.giveInstruction, (c) => c.tx(async (tx) => ({ instruction: await giveInstruction(tx, c.body) }))),
  handle(contract.listInstructions, (c) => c.tx(async (tx) => ({ instructions: await listInstructions(tx) }))),
  handle(contract.remindOfInstruction, (c) => c.tx((tx) => remind(tx, c.params.id, c.body.clientKey))),
  handle(contract.listMyInstructions, (c) => c.tx(async (tx) => ({ instructions: await listMyInstructions(tx) }))),
  handle(contract.readInstruction, (c) =>
    c.tx(async (tx) => ({
      instruction: await acknowledgeInstruction(tx, c.params.id, { ...c.body, confirmed: false }),
    })),
  ),
  handle(contract.confirmInstruction, (c) =>
    c.tx(async (tx) => ({
      instruction: await acknowledgeInstruction(tx, c.params.id, { ...c.body, confirmed: true }),
    })),
  ),
];
