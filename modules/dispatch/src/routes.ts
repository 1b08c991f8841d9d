import { asPlatform, readIncident } from '@wangge/incidents';
import { handle, type Handler } from '@wangge/kernel';
import { listNeeds, setNeeds } from './actions/category-skills.ts';
import { dispatchIncident } from './actions/dispatch-incident.ts';
import { readRuleBook, saveRuleBook } from './actions/edit-rules.ts';
import { moveOrder } from './actions/move-order.ts';
import { listCandidates, listMyTasks, listOrders, readTask } from './actions/read-orders.ts';
import { suggestOwner } from './actions/suggest-owner.ts';
import { tryRuleList } from './actions/try-rules.ts';
import * as contract from './contract.ts';
import { dropPart, splitIncident } from './parts/split-incident.ts';
import { forwardRoutes } from './forward/routes.ts';
import { helpRoutes } from './help/routes.ts';
import { instructRoutes } from './instruct/routes.ts';
import { whistleRoutes } from './whistle/routes.ts';

export const dispatchRoutes: readonly Handler[] = [
  handle(contract.listCandidates, (c) => c.tx(async (tx) => ({ candidates: await listCandidates(tx, c.params.id) }))),
  handle(contract.suggestOwner, (c) => c.tx((tx) => suggestOwner(tx, c.params.id))),
  handle(contract.dispatchIncident, (c) =>
    c.tx(async (tx) => {
      await dispatchIncident(tx, c.params.id, c.body);
      return { incident: await readIncident(tx, c.params.id), orders: await listOrders(tx, c.params.id) };
    }),
  ),
  handle(contract.readRules, (c) => c.tx((tx) => readRuleBook(tx))),
  handle(contract.saveRules, (c) => c.tx((tx) => saveRuleBook(tx, c.body))),
  handle(contract.tryRules, (c) => c.tx((tx) => tryRuleList(tx, c.body.rules))),
  handle(contract.readNeeds, (c) => c.tx((tx) => listNeeds(tx))),
  handle(contract.saveNeeds, (c) => c.tx((tx) => setNeeds(tx, c.params.code, c.body.skills))),
  handle(contract.splitIncident, (c) =>
    c.tx(async (tx) => {
      await splitIncident(tx, c.params.id, c.body);
      return { incident: await readIncident(tx, c.params.id), orders: await listOrders(tx, c.params.id) };
    }),
  ),
  handle(contract.dropPart, (c) =>
    c.tx(async (tx) => {
      const id = await dropPart(tx, c.params.id, c.body);
      return { incident: await readIncident(tx, id), orders: await listOrders(tx, id) };
    }),
  ),
  handle(contract.listOrders, (c) => c.tx(async (tx) => ({ orders: await listOrders(tx, c.params.id) }))),
  handle(contract.listMyTasks, (c) => c.tx((tx) => listMyTasks(tx, c.query))),
  handle(contract.moveOrder, (c) =>
    c.tx(async (tx) => {
      await moveOrder(tx, c.params.id, c.body);
      // A returned order has left its party's sight, but the answer to the own move is theirs.
      return asPlatform(tx, () => readTask(tx, c.params.id));
    }),
  ),
  ...whistleRoutes,
  ...instructRoutes,
  ...helpRoutes,
  ...forwardRoutes,
];
