import type { PermissionTable } from '@wangge/kernel';

export const approvalPermissions = {
  'approvals.decide': { by: ['police', 'dispatcher', 'leader'] },
} as const satisfies PermissionTable;
