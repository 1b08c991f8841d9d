/** Who is there, gathered and written together: a thousand devices beat once a minute each. */
import type { Runtime, Tx } from '@wangge/kernel';
import { cameraChanged } from '../contract/camera-routes.ts';
import { gbDeviceChanged } from '../contract/gb.ts';
import { type LinkChange, settleCameras, writeKeepalives, writeLinks } from './store/presence.ts';

const linkEveryMs = 500;
const keepaliveEveryMs = 15_000;

export class Presence {
  readonly #rt: Runtime;
  #links = new Map<string, LinkChange>();
  #keepalives = new Map<string, number>();
  #keptAtMs = performance.now();
  #timer: NodeJS.Timeout;
  #writing: Promise<void> | undefined;

  constructor(rt: Runtime) {
    this.#rt = rt;
    this.#timer = setInterval(() => void this.flush(), linkEveryMs);
  }

  keepalive(deviceId: string): void {
    this.#keepalives.set(deviceId, Date.now());
  }
  online(deviceId: string): void {
    this.#links.set(deviceId, { deviceId, online: true, reason: null, atMs: Date.now() });
  }
  offline(deviceId: string, reason: string): void {
    this.#links.set(deviceId, { deviceId, online: false, reason, atMs: Date.now() });
  }

  /** Writes what there is; what fails is tried again with the next. */
  flush(all = false): Promise<void> {
    this.#writing ??= this.#write(all).finally(() => (this.#writing = undefined));
    return this.#writing;
  }
  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.#writing;
    await this.flush(true);
  }

  async #write(all: boolean): Promise<void> {
    const links = this.#links;
    const due = all || performance.now() - this.#keptAtMs >= keepaliveEveryMs;
    const keepalives = due ? this.#keepalives : new Map<string, number>();
    if (links.size === 0 && keepalives.size === 0) return;
    this.#links = new Map();
    if (due) {
      this.#keepalives = new Map();
      this.#keptAtMs = performance.now();
    }
    try {
      await this.#rt.system('video', async (tx) => {
        if (keepalives.size > 0) await writeKeepalives(tx, keepalives);
        if (links.size === 0) return;
        const changed = await writeLinks(tx, [...links.values()]);
        await tellChanged(tx, changed);
      });
    } catch (error) {
      this.#rt.log.warn({ err: error }, 'presence of devices could not be written');
      this.#links = new Map([...links, ...this.#links]);
      this.#keepalives = new Map([...keepalives, ...this.#keepalives]);
    }
  }
}

/** The cameras of devices follow them, and whoever looks at lists hears of both. */
export async function tellChanged(tx: Tx, deviceIds: readonly string[]): Promise<void> {
  if (deviceIds.length === 0) return;
  for (const { cameraId, areaPath } of await settleCameras(tx, deviceIds)) {
    tx.emit(cameraChanged, { cameraId }, { areaPath, subjectId: cameraId });
  }
  // To everybody signed in: administrators have no area, and the number alone says nothing.
  for (const deviceId of deviceIds) tx.emit(gbDeviceChanged, { deviceId }, { areaPath: '', subjectId: deviceId });
}
