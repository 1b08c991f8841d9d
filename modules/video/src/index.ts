/** Cameras: the register, looking live and back, and who looked. */
import { defineModule } from '@wangge/kernel';
import { cameraChanged, exportChanged, gbDeviceChanged, lookChanged } from './contract.ts';
import { videoPermissions } from './permissions.ts';

export const video = defineModule({
  name: 'video',
  migrations: new URL('../migrations/', import.meta.url),
  permissions: videoPermissions,
  events: [cameraChanged, exportChanged, gbDeviceChanged, lookChanged],
});
