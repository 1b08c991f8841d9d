import type { CatalogItem, GbMessage, MessageOf } from '../message/codec.ts';
import type { DeviceSource } from './types.ts';
import type { Uplink } from './uplink.ts';

/** Catalogue as that platform may see it: renamed, hidden channels left out. */
export function outwardItems(uplink: Uplink, items: readonly CatalogItem[]): CatalogItem[] {
  const { names } = uplink.options;
  if (!names) return [...items];
  return items.flatMap((item) => {
    const deviceId = names.outward(item.deviceId);
    if (deviceId === null) return [];
    const parentId = item.parentId === undefined ? undefined : (names.outward(item.parentId) ?? uplink.deviceId);
    return [{ ...item, deviceId, ...(parentId === undefined ? {} : { parentId }) }];
  });
}

/** Own number of a channel; null when that platform does not know it by this name. */
export function inwardId(uplink: Uplink, channelId: string): string | null {
  const { names } = uplink.options;
  if (!names || channelId === uplink.deviceId) return channelId;
  return names.inward(channelId);
}

/** The messages that answer a query or control; undefined when the source has nothing to say. */
export async function answersTo(
  uplink: Uplink,
  source: DeviceSource,
  message: GbMessage,
): Promise<GbMessage[] | undefined> {
  const { sn, deviceId } = message;
  switch (message.type) {
    case 'catalogQuery': {
      const items = outwardItems(uplink, await source.channels());
      return batches(uplink, items).map((part) => ({
        type: 'catalog',
        sn,
        deviceId,
        sumNum: items.length,
        items: part,
      }));
    }
    case 'recordInfoQuery':
      return recordsFor(uplink, source, message);
    case 'deviceInfoQuery':
      return [{ ...source.info(), type: 'deviceInfo', sn, deviceId }];
    case 'deviceControl':
    case 'deviceConfig':
      return controlled(uplink, source, message);
    default: {
      const own = inwardId(uplink, deviceId);
      const answer = own === null ? undefined : source.answer?.({ type: message.type, deviceId: own });
      return answer && [{ ...answer, sn, deviceId } as GbMessage];
    }
  }
}

async function recordsFor(
  uplink: Uplink,
  source: DeviceSource,
  query: MessageOf<'recordInfoQuery'>,
): Promise<GbMessage[]> {
  const { sn, deviceId } = query;
  const own = inwardId(uplink, deviceId);
  const found = own === null ? [] : ((await source.records?.({ ...query, deviceId: own })) ?? []);
  const items = found.map((item) => ({ ...item, deviceId }));
  const name = source.info().deviceName ?? '';
  return batches(uplink, items).map((part) => ({
    type: 'recordInfo',
    sn,
    deviceId,
    name,
    sumNum: items.length,
    items: part,
  }));
}

/** PTZ, key frame and reboot want no answer, the others want one (2016 §9.3.1). */
function controlled(
  uplink: Uplink,
  source: DeviceSource,
  message: MessageOf<'deviceControl'> | MessageOf<'deviceConfig'>,
): GbMessage[] {
  const { sn, deviceId } = message;
  const own = inwardId(uplink, deviceId);
  const done = own !== null && (source.control?.({ ...message, deviceId: own }, uplink.options.serverId) ?? false);
  const result = done ? 'OK' : 'ERROR';
  if (message.type === 'deviceConfig') return [{ type: 'configAnswer', sn, deviceId, result }];
  const answered = message.recordCmd ?? message.guardCmd ?? message.alarmCmd ?? message.homePosition;
  return answered === undefined ? [] : [{ type: 'controlAnswer', sn, deviceId, result }];
}

/** At least one part, so that an empty list is answered too. */
function batches<T>(uplink: Uplink, items: readonly T[]): T[][] {
  const size = uplink.options.batch ?? 4;
  const parts = Array.from({ length: Math.ceil(items.length / size) }, (_, n) => items.slice(n * size, (n + 1) * size));
  return parts.length > 0 ? parts : [[]];
}
