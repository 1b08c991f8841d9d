/** Patrols on foot: routes, the rounds of each due day, and who was where in time. */
import { areasPublishing } from '@wangge/areas';
import { defineModule, onHook } from '@wangge/kernel';
import { patrolsChanged } from './contract.ts';
import { followAreas } from './move-routes.ts';
import { patrolPermissions } from './permissions.ts';
import { makeRounds } from './rounds/make-rounds.ts';
import { settleRounds } from './rounds/settle-rounds.ts';
import { patrolRoutes } from './routes.ts';
import { forgetMeasured } from './store/rounds.ts';

export { seedPatrols } from './seed-patrols.ts';

/** As long as other positions of people. */
const keptMs = 30 * 86_400_000;

export const patrols = defineModule({
  name: 'patrols',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: patrolPermissions,
  events: [patrolsChanged],
  routes: patrolRoutes,
  jobs: {
    'patrols.make-rounds': async (rt) => {
      await rt.system('patrols', makeRounds);
    },
    'patrols.settle-rounds': async (rt) => {
      while ((await rt.system('patrols', settleRounds)).more);
    },
    'patrols.forget-positions': async (rt) => {
      await rt.system('patrols', (tx) => forgetMeasured(tx, tx.nowMs - keptMs));
    },
  },
  cron: {
    'patrols.make-rounds': '*/3 * * * *',
    'patrols.settle-rounds': '* * * * *',
    // At night in China.
    'patrols.forget-positions': '19 19 * * *',
  },
  on: [onHook(areasPublishing, (tx, { index }) => followAreas(tx, index))],
});
