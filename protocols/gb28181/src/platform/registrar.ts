import { DigestServer, parseNameAddr, userOf, type Clock, type ServerTransaction } from '@wangge/sip';
import { isPlausibleId } from '../id.ts';
import { SerialWork } from '../serial.ts';
import { formatGbTimeMs } from '../time.ts';
import type { DeviceTable } from './devices.ts';
import type { PlatformOptions } from './types.ts';

/** Registration of devices (GB/T 28181-2016 §9.1): digest every time, Date for their clocks, Expires 0 to leave. */
export class Registrar {
  readonly #options: PlatformOptions;
  readonly #devices: DeviceTable;
  readonly #clock: Clock;
  readonly #digest: DigestServer;
  readonly #work = new SerialWork();

  constructor(options: PlatformOptions, realm: string, devices: DeviceTable, clock: Clock) {
    this.#options = options;
    this.#devices = devices;
    this.#clock = clock;
    this.#digest = new DigestServer({ realm, clock, qop: options.qop });
  }

  async register(transaction: ServerTransaction): Promise<void> {
    const { request, source } = transaction;
    const deviceId = userOf(request.headers.get('from'));
    if (!isPlausibleId(deviceId)) return transaction.respond({ status: 400 });
    if (this.#digest.username(request) === undefined) return this.#challenge(transaction, false);
    const password = await this.#options.password(deviceId);
    // An unknown number hashes like a known one, and is told no more than a wrong password.
    const verdict = this.#digest.verify(request, password ?? '');
    if (verdict === 'stale' || verdict === 'absent') return this.#challenge(transaction, verdict === 'stale');
    if (verdict === 'wrong' || password === undefined) {
      this.#options.onRefused?.(deviceId, password === undefined ? 'unknown' : 'password', source);
      return transaction.respond({ status: 403 });
    }
    await this.#work.run(deviceId, () => this.#accept(transaction, deviceId));
  }

  #challenge(transaction: ServerTransaction, stale: boolean): void {
    transaction.respond({ status: 401, headers: { 'www-authenticate': this.#digest.challenges(stale)[0] } });
  }

  async #accept(transaction: ServerTransaction, deviceId: string): Promise<void> {
    const { request, source } = transaction;
    const contact = request.headers.values('contact')[0];
    const asked = request.headers.get('expires') ?? expiresParam(contact) ?? '3600';
    const { store, maxExpires = 86_400 } = this.#options;
    const expires = Math.min(/^\d{1,9}$/.test(asked) ? Number(asked) : 3600, maxExpires);
    const now = this.#clock.now();
    const date = formatGbTimeMs(now, this.#options.zoneMinutes);
    const version = this.#options.version ?? '3.0';
    const ok = { status: 200, headers: { date, contact, expires, 'x-gb-ver': version } };
    if (expires === 0) {
      await store.remove(deviceId);
      transaction.respond(ok);
      this.#devices.drop(deviceId, 'logout');
    } else {
      const registration = {
        deviceId,
        remote: source,
        contact: contact ?? '',
        registeredAt: now,
        expiresAt: now + expires * 1000,
        lastSeenAt: now,
        version: request.headers.get('x-gb-ver'),
        userAgent: request.headers.get('user-agent'),
      };
      // Kept first: a device that has heard 200 will not register again for an hour.
      await store.save(registration);
      // Answered before anything is asked of it: a device without its 200 refuses.
      transaction.respond(ok);
      this.#devices.register(registration);
    }
  }
}

function expiresParam(contact: string | undefined): string | undefined {
  try {
    return parseNameAddr(contact ?? '').params.get('expires');
  } catch {
    return undefined;
  }
}
