/** The one typed route: what an open receipt asks now and then. */
import { AppError } from '@wangge/contract-kit';
import { handle, type Handler, type Runtime } from '@wangge/kernel';
import { reportByToken } from './actions/read-receipt.ts';
import { receiptState } from './contract.ts';

async function stateOf(rt: Runtime, token: string): Promise<{ state: string; updatedAtMs: number }> {
  const found = await rt.system('portal', (tx) => reportByToken(tx, token));
  if (!found) throw new AppError('wrong-token');
  return { state: found.view.state, updatedAtMs: found.view.updatedAtMs };
}

export const portalRoutes: readonly Handler[] = [handle(receiptState, (c) => stateOf(c.rt, c.params.token))];
