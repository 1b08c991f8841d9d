/** One way to turn cameras, whatever they speak. */
import { AppError } from '@wangge/contract-kit';
import type { Runtime } from '@wangge/kernel';
import type { PtzCommand } from '../contract/ptz.ts';
import { asAppError, askSip } from '../gb/inner-client.ts';
import { onvifHead } from '../onvif/head.ts';
import { addressOf } from '../onvif/onvif-address.ts';
import type { PresetRow, SteeredCamera } from './store.ts';

export interface CameraHead {
  /**
   * @param token what the camera calls the position of the command; null where that is not known
   * @returns what it calls one that was set; null where a number is all there is
   * @throws AppError `guard-failed`, `unavailable`
   */
  run(command: PtzCommand, token: string | null): Promise<string | null>;
  /** @throws AppError as above */
  presets(): Promise<readonly PresetRow[]>;
}

/** Purpose of the seal of cameras' passwords. */
const passwordPurpose = 'video.camera-password';
/** Whoever turns waits for no slow device. */
const patienceMs = 5000;

export function steererOf(rt: Runtime, camera: SteeredCamera): CameraHead {
  if (camera.sourceKind === 'onvif') {
    const password = camera.sealedPassword === null ? null : rt.keys.decrypt(passwordPurpose, camera.sealedPassword);
    return onvifHead(camera.id, addressOf(camera.source, password));
  }
  if (camera.sourceKind === 'rtsp') throw new AppError('guard-failed', { details: { guard: 'no-ptz' } });
  const channel = { deviceId: String(camera.source['deviceId']), channelId: String(camera.source['channelId']) };
  return {
    async run(command) {
      await plainly(askSip(rt, 'ptz', { ...channel, command }, patienceMs));
      return null;
    },
    async presets() {
      const { items } = await plainly(askSip(rt, 'presets', channel, patienceMs));
      return items.map((item) => ({ ...item, token: null }));
    },
  };
}

async function plainly<T>(asked: Promise<T>): Promise<T> {
  try {
    return await asked;
  } catch (error) {
    throw asAppError(error);
  }
}
