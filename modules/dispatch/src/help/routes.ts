import { handle, type Handler } from '@wangge/kernel';
import * as contract from '../contract.ts';
import { answerHelp, askHelp } from './ask-help.ts';
import { listHelps, readHelp } from './read-helps.ts';

export const helpRoutes: readonly Handler[] = [
  handle(contract.askHelp, (c) =>
    c.tx(async (tx) => {
      await askHelp(tx, c.body);
      return { help: await readHelp(tx, c.body.clientKey) };
    }),
  ),
  handle(contract.listHelps, (c) => c.tx(async (tx) => ({ helps: await listHelps(tx) }))),
  handle(contract.answerHelp, (c) =>
    c.tx(async (tx) => {
      await answerHelp(tx, c.params.id);
      return { help: await readHelp(tx, c.params.id) };
    }),
  ),
];
