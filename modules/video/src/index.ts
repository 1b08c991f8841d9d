/** Cameras: the register, looking live and back, and who looked. */
import { areasPublishing } from '@wangge/areas';
import { defineModule, onHook } from '@wangge/kernel';
import { followAreas } from './cameras/area-of-camera.ts';
import { cameraCron, cameraJobs } from './cameras/jobs.ts';
import { cameraRoutes } from './cameras/routes.ts';
import { cameraChanged, exportChanged, gbAlarm, gbDeviceChanged, lookChanged } from './contract.ts';
import { gbRoutes } from './gb/routes.ts';
import { healthCron, healthJobs } from './health/jobs.ts';
import { onvifRoutes } from './onvif/routes.ts';
import { videoPermissions } from './permissions.ts';
import { ptzRoutes } from './ptz/routes.ts';
import { recordCron, recordJobs } from './record/jobs.ts';
import { recordRoutes } from './record/routes.ts';
import { wallRoutes } from './walls/routes.ts';
import { watchCron, watchJobs } from './watch/jobs.ts';
import { watchRoutes } from './watch/routes.ts';

export const video = defineModule({
  name: 'video',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: videoPermissions,
  events: [cameraChanged, exportChanged, gbAlarm, gbDeviceChanged, lookChanged],
  routes: [...cameraRoutes, ...watchRoutes, ...wallRoutes, ...recordRoutes, ...gbRoutes, ...onvifRoutes, ...ptzRoutes],
  jobs: {
    ...cameraJobs,
    ...healthJobs,
    ...recordJobs,
    ...watchJobs,
  },
  cron: {
    ...cameraCron,
    ...healthCron,
    ...recordCron,
    ...watchCron,
  },
  on: [onHook(areasPublishing, (tx, { index }) => followAreas(tx, index))],
});
