/** What residents' pages ask by script. */
import { AppError } from '@wangge/contract-kit';
import { handle, type Handler, type Runtime } from '@wangge/kernel';
import { reportByToken } from './actions/read-receipt.ts';
import { suggestForResident } from './actions/suggest-for-resident.ts';
import * as contract from './contract.ts';

async function stateOf(rt: Runtime, token: string): Promise<{ state: string; updatedAtMs: number }> {
  const found = await rt.system('portal', (tx) => reportByToken(tx, token));
  if (!found) throw new AppError('wrong-token');
  return { state: found.view.state, updatedAtMs: found.view.updatedAtMs };
}

export const portalRoutes: readonly Handler[] = [
  handle(contract.receiptState, (c) => stateOf(c.rt, c.params.token)),
  // As the platform: a resident has no scope by which to read categories' departments or signs.
  handle(contract.suggestForResident, (c) => c.rt.system('portal', (tx) => suggestForResident(tx, c.body))),
];
