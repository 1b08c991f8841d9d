/** Who may do what with people. */
import type { PermissionTable } from '@wangge/kernel';

export const staffPermissions = {
  'staff.read': { by: ['system-admin', 'security-admin', 'dispatcher', 'leader', 'grid-head'] },
  'staff.edit': { by: ['system-admin'] },
  'staff.edit-posts': { by: ['system-admin', 'security-admin'] },
  'staff.reveal-phone': { by: ['dispatcher', 'leader', 'grid-head', 'village-cadre'] },
  'staff.see-positions': { by: ['dispatcher', 'leader', 'grid-head', 'village-cadre'] },
} as const satisfies PermissionTable;
