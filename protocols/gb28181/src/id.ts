import { GbError } from './error.ts';

/** What the type code (digits 11–13) says (GB/T 28181-2016 annex D, 2022 annex E). */
export type DeviceKind =
  | 'dvr'
  | 'server'
  | 'encoder'
  | 'decoder'
  | 'nvr'
  | 'camera'
  | 'ipc'
  | 'display'
  | 'alarm-input'
  | 'alarm-output'
  | 'audio-input'
  | 'audio-output'
  | 'mobile'
  | 'user'
  | 'platform'
  | 'area'
  | 'business-group'
  | 'virtual-group'
  | 'other';

const kinds: Readonly<Record<string, DeviceKind>> = {
  '111': 'dvr',
  '112': 'server',
  '113': 'encoder',
  '114': 'decoder',
  '118': 'nvr',
  '131': 'camera',
  '132': 'ipc',
  '133': 'display',
  '134': 'alarm-input',
  '135': 'alarm-output',
  '136': 'audio-input',
  '137': 'audio-output',
  '138': 'mobile',
  '200': 'platform',
  '215': 'business-group',
  '216': 'virtual-group',
};

export interface GbId {
  /** 8 digits, GB/T 2260: province, city, county, police or street unit. '00' at the end: not further divided. */
  readonly area: string;
  /** 2 digits: 00 public security … */
  readonly industry: string;
  /** 3 digits. */
  readonly type: string;
  readonly kind: DeviceKind;
  /** Digit 14. */
  readonly network: string;
  /** 6 digits. */
  readonly serial: string;
}

/** Takes a 20-digit number apart. @throws GbError `value` for anything else */
export function parseGbId(id: string): GbId {
  if (!/^\d{20}$/.test(id)) throw new GbError('value', 'not a 20-digit number');
  const type = id.slice(10, 13);
  const kind = kinds[type] ?? (type >= '300' && type < '500' ? 'user' : 'other');
  return { area: id.slice(0, 8), industry: id.slice(8, 10), type, kind, network: id[13]!, serial: id.slice(14) };
}

/** Kind of any catalogue number: area codes (2–8 digits) are `area`, what is not understood is `other`. */
export function kindOfId(id: string): DeviceKind {
  if (/^(\d\d){1,4}$/.test(id)) return 'area';
  return /^\d{20}$/.test(id) ? parseGbId(id).kind : 'other';
}

/** Numbers in SIP users: digits by the standard; some devices use letters. */
export const isPlausibleId = (id: string): boolean => /^[0-9A-Za-z_.-]{1,40}$/.test(id);

/** Some gateways write `platform/parent`: the parent is the last part. */
export const parentOf = (parentId: string | undefined): string | undefined => parentId?.split('/').at(-1) || undefined;
