import { handle, type Handler } from '@wangge/kernel';
import * as contract from '../contract.ts';
import { confirmPresence, reportIn } from './be-present.ts';
import { endWhistle, rateDepartment } from './end-whistle.ts';
import { readFigures } from './figures.ts';
import { listMyWhistles, listWhistles, readWhistle } from './read-whistles.ts';
import { askWhistle, decideWhistle, soundWhistle } from './sound-whistle.ts';

export const whistleRoutes: readonly Handler[] = [
  handle(contract.listWhistles, (c) => c.tx(async (tx) => ({ whistles: await listWhistles(tx, c.params.id) }))),
  handle(contract.soundWhistle, (c) =>
    c.tx(async (tx) => ({ whistle: await readWhistle(tx, await soundWhistle(tx, c.params.id, c.body)) })),
  ),
  handle(contract.askWhistle, (c) =>
    c.tx(async (tx) => ({ whistle: await readWhistle(tx, await askWhistle(tx, c.params.id, c.body)) })),
  ),
  handle(contract.decideWhistle, (c) =>
    c.tx(async (tx) => {
      await decideWhistle(tx, c.params.id, c.body);
      return { whistle: await readWhistle(tx, c.params.id) };
    }),
  ),
  handle(contract.listMyWhistles, (c) =>
    c.tx(async (tx) => ({ whistles: await listMyWhistles(tx, c.query.ended === true) })),
  ),
  handle(contract.reportIn, (c) =>
    c.tx(async (tx) => {
      await reportIn(tx, c.params.id, c.body);
      return { whistle: await readWhistle(tx, c.params.id) };
    }),
  ),
  handle(contract.confirmPresence, (c) =>
    c.tx(async (tx) => {
      await confirmPresence(tx, c.params.id, c.body);
      return { whistle: await readWhistle(tx, c.params.id) };
    }),
  ),
  handle(contract.endWhistle, (c) =>
    c.tx(async (tx) => {
      await endWhistle(tx, c.params.id, c.body);
      return { whistle: await readWhistle(tx, c.params.id) };
    }),
  ),
  handle(contract.rateDepartment, (c) =>
    c.tx(async (tx) => {
      await rateDepartment(tx, c.params.id, c.body);
      return { whistle: await readWhistle(tx, c.params.id) };
    }),
  ),
  handle(contract.readWhistleFigures, (c) => c.tx(async (tx) => ({ departments: await readFigures(tx, c.query) }))),
];
