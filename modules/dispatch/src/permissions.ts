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
  'dispatch.move': { by: ['dispatcher', 'leader', 'grid-head', 'department-handler'], own: ['assigned'] },
  /** To say who gets what by itself, and what skills that takes. */
  'dispatch.edit-rules': { by: ['dispatcher', 'leader'] },
  /** To decide about a suspension or an extension that somebody else asked for. */
  'dispatch.approve': { by: ['dispatcher', 'leader'] },
} as const satisfies PermissionTable;
