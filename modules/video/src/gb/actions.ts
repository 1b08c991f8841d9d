/** Use cases of devices: letting them register, no longer, asking them again. */
import { AppError } from '@wangge/contract-kit';
import { asPlatform } from '@wangge/incidents';
import type { Actor, Runtime, Tx } from '@wangge/kernel';
import { gbDeviceChanged, type GbDevice } from '../contract/gb.ts';
import { sipNode } from '../media/nodes.ts';
import { asAppError, askSip } from './inner-client.ts';
import { passwordPurpose } from './passwords.ts';
import { defaultServerId, type GbServer, readServer } from './server-number.ts';
import { devicesAfter, findDevice, removeDevice, writeDevice } from './store/devices.ts';

export async function readGbServer(tx: Tx): Promise<GbServer & { running: boolean }> {
  const server = await asPlatform(tx, () => readServer(tx));
  const running = (await sipNode(tx)) !== null;
  const serverId = server?.serverId ?? defaultServerId(tx.rt);
  return { serverId, domain: serverId.slice(0, 10), host: '', port: 0, ...server, running: running && server !== null };
}

export async function listDevices(
  tx: Tx,
  query: { readonly cursor?: string | undefined; readonly limit: number },
): Promise<{ items: GbDevice[]; nextCursor: string | null }> {
  const items = await devicesAfter(tx, query.cursor ?? '', query.limit + 1);
  const more = items.length > query.limit;
  const page = items.slice(0, query.limit);
  return { items: page, nextCursor: more ? (page.at(-1)?.deviceId ?? null) : null };
}

/** @throws AppError `invalid-field` for a new device without a password */
export async function saveDevice(
  rt: Runtime,
  actor: Actor,
  deviceId: string,
  told: { readonly name: string; readonly password?: string | undefined },
): Promise<GbDevice> {
  const device = await rt.tx(actor, async (tx) => {
    const sealed = told.password === undefined ? null : rt.keys.encrypt(passwordPurpose, told.password);
    const written = await asPlatform(tx, () => writeDevice(tx, deviceId, told.name, sealed));
    if (!written) throw new AppError('invalid-field', { field: 'password' });
    tx.audit({
      action: 'video.save-gb-device',
      subject: { kind: 'gb-device', id: deviceId },
      details: { name: told.name, passwordChanged: sealed !== null },
    });
    tx.emit(gbDeviceChanged, { deviceId }, { areaPath: '', subjectId: deviceId });
    return findDevice(tx, deviceId);
  });
  await reload(rt);
  return device;
}

/** Its channels go with it; cameras made of them stay in the register, and are offline. */
export async function deleteDevice(rt: Runtime, actor: Actor, deviceId: string): Promise<Record<string, never>> {
  await rt.tx(actor, async (tx) => {
    const device = await findDevice(tx, deviceId);
    await asPlatform(tx, () => removeDevice(tx, deviceId));
    tx.audit({
      action: 'video.delete-gb-device',
      subject: { kind: 'gb-device', id: deviceId },
      details: { name: device.name },
    });
    tx.emit(gbDeviceChanged, { deviceId }, { areaPath: '', subjectId: deviceId });
  });
  await reload(rt);
  return {};
}

/** @throws AppError `guard-failed` (device-offline, device-silent, device-refused), `unavailable` without SIP process */
export async function refreshCatalog(
  rt: Runtime,
  actor: Actor,
  deviceId: string,
): Promise<{ channels: number; complete: boolean }> {
  await rt.tx(actor, (tx) => findDevice(tx, deviceId));
  try {
    return await askSip(rt, 'catalog', { deviceId }, 60_000);
  } catch (error) {
    throw asAppError(error);
  }
}

/** At once instead of within seconds, where the SIP process is there. */
async function reload(rt: Runtime): Promise<void> {
  await askSip(rt, 'reload', {}, 2000).catch(() => undefined);
}
