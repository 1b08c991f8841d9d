/** Who makes routes, who looks at rounds, who walks. */
import type { PermissionTable } from '@wangge/kernel';
import { walkerRoles } from './rules.ts';

const leads = ['grid-head', 'dispatcher', 'leader'] as const;
export const patrolPermissions = {
  'patrols.read': { by: leads },
  'patrols.edit': { by: leads },
  // One's own round is there for whoever walks it.
  'patrols.see-round': { by: leads, own: ['assigned'] },
  'patrols.walk': { by: walkerRoles },
} as const satisfies PermissionTable;
