/** The tree of areas, its versions and shapes, the lookup of places, QR points. */
import { defineModule } from '@wangge/kernel';
import { startIndex } from './area-index.ts';
import { areasChanged, draftChanged } from './contract.ts';
import { areasPublishing, previewPublishing } from './hooks.ts';
import { areasCron, areasJobs } from './jobs.ts';
import { areasPermissions } from './permissions.ts';
import { areasRoutes } from './routes.ts';

export { importAreas, type ImportAreasOptions, type ImportAreasResult } from './actions/import-areas.ts';
export { qrPointByToken, qrTokenOf } from './actions/read-qr-points.ts';
export { seedAreas } from './actions/seed-areas.ts';
export { areaIndex } from './area-index.ts';
export { areasPublishing, previewPublishing } from './hooks.ts';
export { successorOf } from './rules/successor.ts';
export type { AreaIndex, AreaNode, LocatedAreas } from './rules/area-index.ts';

export const areas = defineModule({
  name: 'areas',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: areasPermissions,
  events: [areasChanged, draftChanged],
  hooks: [areasPublishing, previewPublishing],
  jobs: areasJobs,
  cron: areasCron,
  routes: areasRoutes,
  start: startIndex,
});
