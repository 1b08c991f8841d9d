import { handle, type Handler } from '@wangge/kernel';
import { decideApproval, withdrawApproval } from './actions/decide-approval.ts';
import { listApprovals, readApproval } from './actions/read-approvals.ts';
import * as contract from './contract.ts';

export const approvalRoutes: readonly Handler[] = [
  handle(contract.listApprovals, (c) => c.tx((tx) => listApprovals(tx, c.query))),
  handle(contract.readApproval, (c) => c.tx((tx) => readApproval(tx, c.params.id))),
  handle(contract.decideApproval, (c) => c.tx((tx) => decideApproval(tx, c.params.id, c.body))),
  handle(contract.withdrawApproval, (c) => c.tx((tx) => withdrawApproval(tx, c.params.id))),
];
