/** From a line of a catalogue to a channel that a camera can be made of. */
import { type CatalogItem, kindOfId } from '@wangge/gb28181';

export interface ChannelLine {
  readonly channelId: string;
  readonly name: string;
  readonly online: boolean;
  readonly manufacturer: string | null;
  readonly lon: number | null;
  readonly lat: number | null;
  readonly hasPtz: boolean;
}

/** Kinds that send pictures; devices number their channels freely, so what is not understood may be one. */
const seeing = new Set(['camera', 'ipc', 'mobile', 'other']);
/** PTZType 1 dome, 2 half dome, 4 remote-controlled gun. */
const turning = new Set([1, 2, 4]);

/** Null for areas, groups, alarm inputs and everything else without a picture. */
export function channelLine(item: CatalogItem): ChannelLine | null {
  const channelId = item.deviceId.trim();
  if (!/^\d{20}$/.test(channelId) || !seeing.has(kindOfId(channelId))) return null;
  const lon = item.longitude ?? 0;
  const lat = item.latitude ?? 0;
  // Zeros are what a device sends that does not know.
  const placed = lon !== 0 && lat !== 0 && Math.abs(lon) <= 180 && Math.abs(lat) <= 90;
  return {
    channelId,
    name: cleanText(item.name, 60) ?? channelId,
    online: isOn(item.event) ?? isOn(item.status) ?? true,
    manufacturer: cleanText(item.manufacturer, 60),
    lon: placed ? lon : null,
    lat: placed ? lat : null,
    hasPtz: turning.has(item.ptzType ?? 0),
  };
}

/** Devices write ON, OK, ONLINE, 在线 …; only a clear no counts as one. */
function isOn(text: string | undefined): boolean | undefined {
  if (text === undefined) return undefined;
  if (/^\s*(off|offline|vlost|defect|离线)/i.test(text)) return false;
  return /^\s*(on|ok|online|在线)/i.test(text) ? true : undefined;
}

/** Without what a database or a page stumbles over; null where nothing is left. */
export function cleanText(text: string | undefined, longest: number): string | null {
  // oxlint-disable-next-line no-control-regex -- devices pad names with zeros
  const clean = (text ?? '').replace(/[\u0000-\u001f\u007f]/g, '').trim();
  return clean === '' ? null : Array.from(clean).slice(0, longest).join('');
}
