import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';
import {
  createRequest,
  exchange,
  newCallId,
  newCseq,
  newTag,
  SipError,
  type Remote,
  type SipEndpoint,
} from '@wangge/sip';
import type { GbMessage } from '../message/codec.ts';
import { sendMessage, uriOf, type GbVersion, type Peer } from '../wire.ts';
import type { UpperOptions } from './types.ts';

const retryMs = [1000, 2000, 5000, 10_000, 30_000, 60_000] as const;

/** Registration and keepalive towards one platform above, for ever (GB/T 28181-2016 §9.1, §9.6). */
export class Uplink {
  readonly options: UpperOptions;
  readonly deviceId: string;
  remote: Remote | undefined;
  readonly #endpoint: SipEndpoint;
  readonly #version: GbVersion;
  readonly #callId = newCallId();
  readonly #tag = newTag();
  #cseq = newCseq();
  #sn = 0;
  #online = false;
  #failures = 0;
  #missed = 0;
  #closed = false;
  #stopTimers: (() => void)[] = [];

  constructor(endpoint: SipEndpoint, deviceId: string, version: GbVersion, options: UpperOptions) {
    this.#endpoint = endpoint;
    this.#version = version;
    this.options = options;
    this.deviceId = options.deviceId ?? deviceId;
  }

  get online(): boolean {
    return this.#online;
  }
  get domain(): string {
    return this.options.domain ?? this.options.serverId.slice(0, 10);
  }

  peer(remote: Remote): Peer {
    const { charset = 'GB2312' } = this.options;
    return { localId: this.deviceId, localDomain: this.domain, remote, charset, version: this.#version };
  }

  nextSn(): number {
    this.#sn = (this.#sn % 999_999) + 1;
    return this.#sn;
  }

  start(): void {
    void this.#attempt();
  }

  /** @throws SipError or GbError when the platform is not there or refuses */
  async send(message: GbMessage, remote = this.remote): Promise<void> {
    if (!remote) throw new SipError('closed', 'not registered');
    await sendMessage(this.#endpoint, this.peer(remote), this.options.serverId, message);
  }

  /** Leaves the platform (Expires 0) and stops. */
  async close(): Promise<void> {
    const leave = this.#online && !this.#closed;
    this.#closed = true;
    this.#stop();
    if (leave) await this.#register(0).catch(() => undefined);
    this.#online = false;
  }

  async #attempt(): Promise<void> {
    this.#stop();
    try {
      const expires = await this.#register(this.options.expires ?? 3600);
      if (this.#closed) return;
      this.#failures = 0;
      this.#missed = 0;
      const first = !this.#online;
      this.#online = true;
      // Renewed well before it ends; a grant of a few seconds is still not asked for in a tight loop.
      this.#later(Math.min(Math.max(expires * 0.8, 1), 86_400) * 1000, () => void this.#attempt());
      this.#planKeepalive();
      if (first) this.options.onOnline?.();
    } catch (error) {
      this.#fail(error instanceof Error ? error.message : String(error));
    }
  }

  #planKeepalive(): void {
    this.#later((this.options.keepaliveSeconds ?? 60) * 1000, () => void this.#keepalive());
  }

  async #keepalive(): Promise<void> {
    try {
      await this.send({ type: 'keepalive', sn: this.nextSn(), deviceId: this.deviceId, status: 'OK' });
      this.#missed = 0;
    } catch (error) {
      // An error answer means that the platform has forgotten us, silence may be a lost packet.
      const forgotten = !(error instanceof SipError);
      this.#missed++;
      if (this.#closed) return;
      if (forgotten || this.#missed >= (this.options.keepaliveCount ?? 3)) return this.#fail('keepalive', forgotten);
    }
    if (!this.#closed) this.#planKeepalive();
  }

  #fail(reason: string, atOnce = false): void {
    if (this.#closed) return;
    this.#online = false;
    this.#stop();
    this.options.onOffline?.(reason);
    const wait = atOnce && this.#failures === 0 ? 0 : retryMs[Math.min(this.#failures, retryMs.length - 1)]!;
    this.#failures++;
    // Spread out, so that a thousand devices do not come back in the same second.
    this.#later(wait * (0.75 + Math.random() / 2), () => void this.#attempt());
  }

  /** Seconds granted. */
  async #register(expires: number): Promise<number> {
    const { host, port, transport = 'udp', password, serverId } = this.options;
    const address = isIP(host) ? host : (await lookup(host)).address;
    const remote: Remote = { transport, host: address, port };
    const own = `sip:${this.deviceId}@${this.domain}`;
    const request = createRequest({
      method: 'REGISTER',
      uri: uriOf(serverId, remote),
      from: `<${own}>;tag=${this.#tag}`,
      to: `<${own}>`,
      callId: this.#callId,
      cseq: this.#cseq,
      headers: { contact: this.#endpoint.contact(this.deviceId, remote), expires, 'x-gb-ver': this.#version },
    });
    this.#cseq += 2;
    const credentials = { username: this.deviceId, password };
    const response = await exchange(this.#endpoint, request, remote, { credentials });
    if (response.status >= 300) throw new SipError('rejected', `${response.status} ${response.reason}`, response);
    this.remote = remote;
    const granted = response.headers.get('expires');
    return /^\d{1,9}$/.test(granted ?? '') ? Number(granted) : expires;
  }

  #later(ms: number, run: () => void): void {
    this.#stopTimers.push(this.#endpoint.clock.after(ms, run));
  }

  #stop(): void {
    for (const stop of this.#stopTimers.splice(0)) stop();
  }
}
