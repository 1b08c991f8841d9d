/** Turning cameras of devices. Whoever sends stops, too: a camera must not turn on when a browser or the API is gone. */
import type { Platform, PtzCommand as GbPtz } from '@wangge/gb28181';
import type { PtzCommand } from '../contract/ptz.ts';
import { AutoStop } from '../ptz/auto-stop.ts';

export class Steering {
  readonly #platform: Pick<Platform, 'ptz'>;
  readonly #stops = new AutoStop();

  constructor(platform: Pick<Platform, 'ptz'>) {
    this.#platform = platform;
  }

  /** @throws GbError */
  async run(deviceId: string, channelId: string, command: PtzCommand): Promise<void> {
    const key = `${deviceId}/${channelId}`;
    // Before it is sent: an answer that does not come must not keep the stop from being sent.
    if (command.do === 'move') this.#stops.moving(key, () => this.#platform.ptz(deviceId, channelId, still));
    else this.#stops.settled(key);
    await this.#platform.ptz(deviceId, channelId, wireOf(command));
  }

  /** Everything that moves is stopped. */
  close(): Promise<void> {
    return this.#stops.close();
  }
}

const still: GbPtz = { type: 'move', pan: 0, tilt: 0, zoom: 0 };

/** A speed that is asked for is never rounded down to standing still. */
function scaled(speed: number, most: number): number {
  return Math.sign(speed) * Math.ceil(Math.abs(speed) * most);
}
export function wireOf(command: PtzCommand): GbPtz {
  switch (command.do) {
    case 'move':
      return {
        type: 'move',
        pan: scaled(command.pan, 255),
        tilt: scaled(command.tilt, 255),
        zoom: scaled(command.zoom, 15),
      };
    case 'stop':
      return still;
    case 'go':
      return { type: 'preset', action: 'call', preset: command.preset };
    case 'set':
      return { type: 'preset', action: 'set', preset: command.preset };
    case 'forget':
      return { type: 'preset', action: 'delete', preset: command.preset };
  }
}
