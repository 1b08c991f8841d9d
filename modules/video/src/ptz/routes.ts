/** Routes of turning cameras. */
import { handle } from '@wangge/kernel';
import * as contract from '../contract/ptz.ts';
import { readPresets } from './presets.ts';
import { steerCamera } from './steer.ts';

export const ptzRoutes = [
  handle(contract.steerCamera, (c) => steerCamera(c.rt, c.actor, c.params.id, c.body)),
  handle(contract.cameraPresets, (c) => readPresets(c.rt, c.actor, c.params.id)),
];
