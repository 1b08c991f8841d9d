/** Four eyes: requests that a second person decides. */
import { defineModule } from '@wangge/kernel';
import { approvalChanged } from './contract.ts';

export const approvals = defineModule({ name: 'approvals', events: [approvalChanged] });
