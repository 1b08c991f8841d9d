/** Four eyes: requests that a second person decides. */
import { defineModule } from '@wangge/kernel';
import { expireApprovals } from './actions/decide-approval.ts';
import { approvalChanged } from './contract.ts';
import { approvalPermissions } from './permissions.ts';
import { approvalRoutes } from './routes.ts';

export { type ApprovalAsked, askApproval } from './actions/ask-approval.ts';
export { type ApprovalUsed, useApproval } from './actions/use-approval.ts';

export const approvals = defineModule({
  name: 'approvals',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: approvalPermissions,
  events: [approvalChanged],
  routes: approvalRoutes,
  jobs: {
    'approvals.expire': async (rt) => {
      while ((await rt.system('approvals', expireApprovals)) > 0);
    },
  },
  cron: { 'approvals.expire': '* * * * *' },
});
