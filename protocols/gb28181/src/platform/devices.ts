import type { Clock, Remote } from '@wangge/sip';
import type { OfflineReason, PlatformOptions, Registration } from './types.ts';

interface Entry {
  registration: Registration;
  online: boolean;
}

/** The registered devices and who of them is alive: one sweep for all instead of a timer for each. */
export class DeviceTable {
  readonly #entries = new Map<string, Entry>();
  readonly #byAddress = new Map<string, string>();
  readonly #clock: Clock;
  readonly #silentMs: number;
  readonly #sweepMs: number;
  readonly #options: PlatformOptions;
  #stopSweep: () => void = () => undefined;

  constructor(options: PlatformOptions, clock: Clock) {
    const { keepaliveSeconds = 60, keepaliveCount = 3 } = options;
    this.#options = options;
    this.#clock = clock;
    this.#silentMs = keepaliveSeconds * keepaliveCount * 1000;
    this.#sweepMs = Math.min(5000, this.#silentMs / 4);
  }

  /** What was registered before a restart counts as alive until it has been silent for the usual time. */
  async load(): Promise<void> {
    const now = this.#clock.now();
    for (const registration of await this.#options.store.load()) {
      if (registration.expiresAt <= now) continue;
      this.#put({ registration: { ...registration, lastSeenAt: now }, online: true });
    }
    this.#sweep();
  }

  get size(): number {
    return this.#entries.size;
  }

  get(deviceId: string): Registration | undefined {
    return this.#entries.get(deviceId)?.registration;
  }

  isOnline(deviceId: string): boolean {
    return this.#entries.get(deviceId)?.online ?? false;
  }

  /** The device that speaks from exactly there. */
  at(remote: Remote): string | undefined {
    return this.#byAddress.get(addressKey(remote));
  }

  all(): { registration: Registration; online: boolean }[] {
    return [...this.#entries.values()].map(({ registration, online }) => ({ registration, online }));
  }

  register(registration: Registration): void {
    const online = this.isOnline(registration.deviceId);
    this.#put({ registration, online: true });
    if (!online) this.#options.onOnline?.(registration);
  }

  /** A sign of life. The port may change (NAT), the address may not: that wants a new registration. */
  seen(deviceId: string, remote: Remote): boolean {
    const entry = this.#entries.get(deviceId);
    if (!entry || entry.registration.remote.host !== remote.host) return false;
    const registration = { ...entry.registration, remote, lastSeenAt: this.#clock.now() };
    this.#put({ registration, online: true });
    if (!entry.online) this.#options.onOnline?.(registration);
    return true;
  }

  drop(deviceId: string, reason: OfflineReason): void {
    const entry = this.#entries.get(deviceId);
    if (!entry) return;
    this.#entries.delete(deviceId);
    this.#forgetAddress(entry.registration);
    if (entry.online) this.#options.onOffline?.(deviceId, reason);
  }

  close(): void {
    this.#stopSweep();
  }

  #put(entry: Entry): void {
    const { deviceId, remote } = entry.registration;
    const before = this.#entries.get(deviceId);
    if (before) this.#forgetAddress(before.registration);
    this.#entries.set(deviceId, entry);
    this.#byAddress.set(addressKey(remote), deviceId);
  }

  #forgetAddress({ deviceId, remote }: Registration): void {
    const key = addressKey(remote);
    if (this.#byAddress.get(key) === deviceId) this.#byAddress.delete(key);
  }

  #sweep(): void {
    const now = this.#clock.now();
    for (const [deviceId, entry] of this.#entries) {
      const { expiresAt, lastSeenAt } = entry.registration;
      if (expiresAt <= now) {
        this.drop(deviceId, 'expired');
        this.#options.store.remove(deviceId).catch((error: unknown) => this.#options.onError?.(error));
      } else if (entry.online && now - lastSeenAt > this.#silentMs) {
        entry.online = false;
        this.#options.onOffline?.(deviceId, 'keepalive');
      }
    }
    this.#stopSweep = this.#clock.after(this.#sweepMs, () => this.#sweep());
  }
}

const addressKey = ({ transport, host, port }: Remote): string => `${transport}|${host}|${port}`;
