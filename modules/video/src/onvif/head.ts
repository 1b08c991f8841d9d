/** Turning a camera by ONVIF. */
import { AppError } from '@wangge/contract-kit';
import { AutoStop, stopAfterMs } from '../ptz/auto-stop.ts';
import type { CameraHead } from '../ptz/camera-head.ts';
import { askCamera, OnvifFailure } from './ask-camera.ts';
import type { OnvifAddress } from './onvif-address.ts';
import type { OnvifProfile } from './thread-calls.ts';

/** The camera itself stops in time when this process is gone; some ignore that, so they are told, too. */
const stops = new AutoStop();

/** @param key of the camera, the same each time */
export function onvifHead(key: string, address: OnvifAddress): CameraHead {
  return {
    async run(command, token) {
      if (command.do === 'move') stops.moving(key, () => askCamera(address, { do: 'stop' }));
      else stops.settled(key);
      switch (command.do) {
        case 'move': {
          const { pan: x, tilt: y, zoom } = command;
          return plainly(askCamera(address, { do: 'move', x, y, zoom, timeoutMs: stopAfterMs }));
        }
        case 'stop':
          return plainly(askCamera(address, { do: 'stop' }));
        case 'set':
          return plainly(askCamera(address, { do: 'set', name: command.name, token }));
        // Numbers are ours; one that was never set or listed has no name at the camera but perhaps itself.
        case 'go':
          return plainly(askCamera(address, { do: 'go', token: token ?? String(command.preset) }));
        case 'forget':
          return plainly(askCamera(address, { do: 'forget', token: token ?? String(command.preset) }));
      }
    },
    async presets() {
      const told = await plainly(askCamera(address, { do: 'presets' }));
      return told.map(({ token, name }) => ({ preset: 0, name, token }));
    },
  };
}

const guards = {
  refused: 'device-refused',
  silent: 'device-silent',
  offline: 'device-offline',
  faulty: 'device-refused',
};

async function plainly<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    if (!(error instanceof OnvifFailure)) throw error;
    throw new AppError('guard-failed', { details: { guard: guards[error.problem] }, cause: error });
  }
}

/** @throws AppError `guard-failed` (details.guard) */
export function profilesOf(address: OnvifAddress): Promise<readonly OnvifProfile[]> {
  return plainly(askCamera(address, { do: 'profiles' }));
}
