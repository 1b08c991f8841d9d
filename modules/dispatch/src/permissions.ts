/** Who may do what with orders. */
import type { PermissionTable } from '@wangge/kernel';

export const dispatchPermissions = {
  'dispatch.read': {
    by: [
      'grid-head',
      'grid-member',
      'micro-grid-member',
      'village-cadre',
      'police',
      'department-handler',
      'dispatcher',
      'leader',
    ],
    own: ['assigned', 'reported'],
  },
  'dispatch.offer': { by: ['dispatcher'] },
  /** To move an order at all; which moves follows from who one is to it. */
  'dispatch.move': { by: ['dispatcher', 'grid-head', 'department-handler'], own: ['assigned'] },
} as const satisfies PermissionTable;
