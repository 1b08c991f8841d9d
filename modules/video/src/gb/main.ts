/** The SIP process: devices register here, are asked, called for streams and turned. Carries no video. */
import type { AddressInfo } from 'node:net';
import { Platform } from '@wangge/gb28181';
import type { Runtime } from '@wangge/kernel';
import { announceNode } from '../media/nodes.ts';
import { Alarms } from './alarms.ts';
import { Catalogs } from './catalogs.ts';
import { innerHandlers } from './inner-handlers.ts';
import { innerServer } from './inner-server.ts';
import { shownAddress } from './local-address.ts';
import { Passwords } from './passwords.ts';
import { Presence, tellChanged } from './presence.ts';
import { databaseRegistrations } from './registrations.ts';
import { defaultServerId, readServer, writeServer } from './server-number.ts';
import { Sessions } from './sessions.ts';
import { Steering } from './steering.ts';
import { devicesOfNewCameras, onlineDevices } from './store/presence.ts';

export { asAppError, askSip, InnerFailure } from './inner-client.ts';
export { type GbSourceOptions, openGbSource } from './gb-source.ts';

export interface SipOptions {
  /** Address that SIP listens on, UDP and TCP on the same port; 0 lets the system choose. */
  readonly sipHost: string;
  readonly sipPort: number;
  /** Where the other processes ask; 0 lets the system choose. */
  readonly innerHost: string;
  readonly innerPort: number;
  /** 20 digits; null: as before, else made of the town's code. */
  readonly serverId: string | null;
  /** Null: the first ten digits of the number. */
  readonly domain: string | null;
  /** What devices are told to send to; null: the address of this machine that leads to the device. */
  readonly mediaHost: string | null;
}
export interface RunningSip {
  readonly sipPort: number;
  readonly innerUrl: string;
  readonly serverId: string;
  readonly platform: Platform;
  close(): Promise<void>;
}

const announceEveryMs = 3000;
/** Passwords that changed, cameras that were entered. */
const settleEveryMs = 5000;

/** @throws Error with `code` EADDRINUSE or EACCES when a port cannot be had; nothing is left running then */
export async function startSip(rt: Runtime, options: SipOptions): Promise<RunningSip> {
  const before = await rt.system('video', readServer);
  // A number made before the town had areas is replaced as soon as it has some.
  const kept = before && !before.serverId.startsWith('00000000') ? before.serverId : null;
  const serverId = options.serverId ?? kept ?? defaultServerId(rt);
  const domain = options.domain ?? serverId.slice(0, 10);
  const log = rt.log;
  const wrong = (error: unknown): void => log.warn({ err: error }, 'SIP');

  const passwords = new Passwords(rt, (deviceId) => void platform.forget(deviceId).catch(wrong));
  const presence = new Presence(rt);
  const alarms = new Alarms(rt);
  const platform: Platform = new Platform({
    serverId,
    domain,
    udp: { host: options.sipHost, port: options.sipPort },
    tcp: { host: options.sipHost, port: options.sipPort },
    password: (deviceId) => passwords.of(deviceId),
    store: databaseRegistrations(rt),
    onOnline: ({ deviceId }) => {
      presence.online(deviceId);
      catalogs.want(deviceId);
    },
    onOffline: (deviceId, reason) => presence.offline(deviceId, reason),
    onKeepalive: (deviceId) => presence.keepalive(deviceId),
    onCatalog: (deviceId, items) => void catalogs.told(deviceId, items).catch(wrong),
    onAlarm: (deviceId, alarm) => void alarms.take(deviceId, alarm).catch(wrong),
    onRefused: (deviceId, why, source) => log.info({ deviceId, why, from: source.host }, 'a device was refused'),
    onError: wrong,
  });
  const catalogs = new Catalogs(rt, platform);
  const sessions = new Sessions(serverId);
  const steering = new Steering(platform);
  const inner = innerServer(
    rt,
    innerHandlers({ platform, passwords, catalogs, sessions, steering, mediaHost: options.mediaHost }),
  );
  const timers: NodeJS.Timeout[] = [];
  const closeAll = async (): Promise<void> => {
    for (const timer of timers) clearInterval(timer);
    inner.closeAllConnections();
    inner.close();
    catalogs.close();
    await steering.close();
    await sessions.close();
    await platform.close();
    await presence.close();
  };
  try {
    await passwords.refresh();
    await platform.start();
    await new Promise<void>((done, failed) => {
      inner.once('error', failed);
      inner.listen(options.innerPort, options.innerHost, done);
    });
    await settlePresence(rt, platform, presence);
    const sipPort = platform.endpoint.port('udp');
    const innerUrl = urlOf(options.innerHost, (inner.address() as AddressInfo).port);
    const announce = (): Promise<void> =>
      announceNode(rt, 'sip', { shard: 0, shards: 1, publicUrl: null, innerUrl, facts: {} });
    const host = options.mediaHost ?? shownAddress(options.sipHost);
    await rt.system('video', (tx) => writeServer(tx, { serverId, domain, host, port: sipPort }));
    await announce();
    timers.push(setInterval(() => void announce().catch(wrong), announceEveryMs));
    const settle = async (): Promise<void> => {
      await passwords.refresh();
      await rt.system('video', async (tx) => tellChanged(tx, await devicesOfNewCameras(tx)));
    };
    timers.push(setInterval(() => void settle().catch(wrong), settleEveryMs));
    return { sipPort, innerUrl, serverId, platform, close: closeAll };
  } catch (error) {
    await closeAll();
    throw error;
  }
}

/** What the last process left behind: devices that went while nobody listened are not there. */
async function settlePresence(rt: Runtime, platform: Platform, presence: Presence): Promise<void> {
  for (const deviceId of await rt.system('video', onlineDevices)) {
    if (!platform.isOnline(deviceId)) presence.offline(deviceId, 'expired');
  }
  for (const { registration, online } of platform.devices()) if (online) presence.online(registration.deviceId);
  await presence.flush();
}

function urlOf(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
