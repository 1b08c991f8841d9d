/** Dispatch: orders to parties, who may receive them, and what follows for the incident. */
import { defineModule } from '@wangge/kernel';
import {
  forwardChanged,
  helpChanged,
  instructionChanged,
  orderChanged,
  rulesChanged,
  whistleChanged,
} from './contract.ts';
import { afterStaffChange, tellDesk, tellParty } from './jobs.ts';
import { forgetHelpPlaces } from './help/store.ts';
import { dispatchPermissions } from './permissions.ts';
import { dispatchHooks } from './reacts.ts';
import { dispatchRoutes } from './routes.ts';
import { followRules } from './ruling/rule-book.ts';
import { learnOwners } from './suggest/owner-lesson.ts';
import { whistleKeeper } from './whistle/keep-whistles.ts';
import { tellWhistle } from './whistle/tell-whistle.ts';

export { dispatchIncident, type DispatchRequest } from './actions/dispatch-incident.ts';
export { moveOrder } from './actions/move-order.ts';
export { ownerMarks } from './suggest/marks.ts';
export { type HistoryOptions, seedHistory } from './history/seed-history.ts';

export const dispatch = defineModule({
  name: 'dispatch',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: dispatchPermissions,
  events: [orderChanged, rulesChanged, whistleChanged, instructionChanged, helpChanged, forwardChanged],
  routes: dispatchRoutes,
  jobs: {
    'dispatch.tell-party': tellParty,
    'dispatch.tell-desk': tellDesk,
    'dispatch.learn-owners': learnOwners,
    'dispatch.tell-whistle': tellWhistle,
    'dispatch.forget-help-places': async (rt) => {
      await rt.system('dispatch', forgetHelpPlaces);
    },
  },
  keep: whistleKeeper,
  // At night in China, after the categories.
  cron: { 'dispatch.learn-owners': '37 18 * * *', 'dispatch.forget-help-places': '23 19 * * *' },
  reacts: {
    'staff.changed': afterStaffChange,
    'incidents.lesson-asked': async (rt, { subject }) => {
      if (subject === 'owner') await learnOwners(rt);
    },
  },
  on: dispatchHooks,
  start: (rt) => Promise.resolve(followRules(rt)),
});
