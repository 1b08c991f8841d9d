/** Who keeps the register, who looks, who looks back. */
import type { PermissionTable } from '@wangge/kernel';

const watchers = ['grid-head', 'grid-member', 'village-cadre', 'police', 'dispatcher', 'leader'] as const;
export const videoPermissions = {
  // The owner of a household camera: `own: reported`.
  'video.read': { by: [...watchers, 'system-admin'], own: ['reported'] },
  'video.watch': { by: watchers, own: ['reported'] },
  'video.playback': { by: ['police', 'dispatcher', 'leader'], own: ['reported'] },
  'video.export': { by: ['police', 'dispatcher', 'leader'] },
  'video.steer': { by: ['grid-head', 'police', 'dispatcher', 'leader'] },
  'video.edit': { by: ['system-admin', 'dispatcher'] },
} as const satisfies PermissionTable;
