import type { PermissionTable } from '@wangge/kernel';

export const areasPermissions = {
  /** Import, publish and rename. */
  'areas.edit': { by: ['system-admin'] },
  'areas.read-versions': { by: ['system-admin', 'leader', 'dispatcher'] },
  /** QR signs of the caller's own area. */
  'areas.print-signs': { by: ['system-admin', 'dispatcher', 'grid-head'] },
} as const satisfies PermissionTable;
