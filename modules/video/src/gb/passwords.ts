/** Passwords of devices, in memory: a storm of registrations must not ask the database for each. */
import type { Runtime } from '@wangge/kernel';
import { devicesStamp, sealedPasswords } from './store/devices.ts';

export const passwordPurpose = 'video.gb-password';

export class Passwords {
  readonly #rt: Runtime;
  readonly #onRemoved: (deviceId: string) => void;
  #stamp = '';
  #sealed = new Map<string, string>();
  readonly #open = new Map<string, { sealed: string; plain: string }>();
  #reading: Promise<void> | undefined;
  #readAtMs = -Infinity;

  constructor(rt: Runtime, onRemoved: (deviceId: string) => void) {
    this.#rt = rt;
    this.#onRemoved = onRemoved;
  }

  /** Undefined for a device that may not register. One that has just been entered is looked for once a second. */
  async of(deviceId: string): Promise<string | undefined> {
    if (!this.#sealed.has(deviceId) && performance.now() - this.#readAtMs > 1000) await this.refresh();
    const sealed = this.#sealed.get(deviceId);
    if (sealed === undefined) return undefined;
    const known = this.#open.get(deviceId);
    if (known?.sealed === sealed) return known.plain;
    const plain = this.#rt.keys.decrypt(passwordPurpose, sealed);
    this.#open.set(deviceId, { sealed, plain });
    return plain;
  }

  /** Reads them again if anything changed; asked for by several at once it is done once. */
  refresh(): Promise<void> {
    this.#reading ??= this.#read().finally(() => (this.#reading = undefined));
    return this.#reading;
  }

  async #read(): Promise<void> {
    await this.#rt.system('video', async (tx) => {
      const stamp = await devicesStamp(tx);
      this.#readAtMs = performance.now();
      if (stamp === this.#stamp) return;
      const next = new Map((await sealedPasswords(tx)).map((row) => [row.deviceId, row.password]));
      const gone = [...this.#sealed.keys()].filter((deviceId) => !next.has(deviceId));
      this.#sealed = next;
      this.#stamp = stamp;
      for (const deviceId of gone) {
        this.#open.delete(deviceId);
        this.#onRemoved(deviceId);
      }
    });
  }
}
