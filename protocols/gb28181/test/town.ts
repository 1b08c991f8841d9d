import type { EndpointOptions } from '@wangge/sip';
import {
  Device,
  Platform,
  type DeviceSource,
  type PlatformOptions,
  type Registration,
  type RegistrationStore,
  type UpperOptions,
} from '@wangge/gb28181';

export const serverId = '34020000002000000001';
export const deviceId = '34020000001180000001';
export const channelId = '34020000001310000001';
export const password = '12345678';
const bind = { host: '127.0.0.1', port: 0 };
/** Forty times as fast as the standard's. */
export const fast: EndpointOptions['timers'] = { t1: 12, t2: 100, t4: 125 };

export function memoryStore(): RegistrationStore & { kept: Map<string, Registration> } {
  const kept = new Map<string, Registration>();
  return {
    kept,
    load: async () => [...kept.values()],
    save: async (registration) => void kept.set(registration.deviceId, registration),
    remove: async (id) => void kept.delete(id),
  };
}

export async function openPlatform(options: Partial<PlatformOptions> = {}): Promise<Platform> {
  const platform = new Platform({
    serverId,
    udp: bind,
    tcp: bind,
    password: () => password,
    store: memoryStore(),
    sip: { timers: fast },
    ...options,
  });
  await platform.start();
  return platform;
}

export const channels = (count: number) =>
  Array.from({ length: count }, (_, n) => ({
    deviceId: `3402000000131${String(n + 1).padStart(7, '0')}`,
    name: `水库 ${n + 1}`,
    parental: 0,
    parentId: deviceId,
    status: 'ON',
    longitude: 120.1,
    latitude: 30.2,
  }));

export async function openDevice(source: Partial<DeviceSource> = {}): Promise<Device> {
  const full: DeviceSource = {
    info: () => ({ deviceName: '模拟录像机', manufacturer: 'Wangge', result: 'OK', channels: 3 }),
    channels: () => channels(3),
    ...source,
  };
  const device = new Device({ deviceId, udp: bind, tcp: bind, sip: { timers: fast } }, full);
  await device.start();
  return device;
}

export const upperOf = (platform: Platform, transport: 'udp' | 'tcp' = 'udp'): UpperOptions => ({
  serverId,
  host: '127.0.0.1',
  port: platform.endpoint.port(transport),
  transport,
  password,
});

/** Registers and waits until the platform has said yes. */
export const join = (device: Device, upper: UpperOptions): Promise<void> =>
  new Promise((resolve, reject) => {
    device.addUpper({ ...upper, onOnline: resolve, onOffline: (reason) => reject(new Error(reason)) });
  });
