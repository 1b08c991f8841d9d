/** The camera form's fields, and what the register makes of them. */
import type { Camera, CameraInput, GbChannel } from '@wangge/video/contract';

type Kind = CameraInput['source']['kind'];
type Optional = string | null | undefined;
export interface CameraFields {
  name: string;
  code?: Optional;
  class: CameraInput['class'];
  address?: Optional;
  group?: Optional;
  tags: string[];
  hasPtz: boolean;
  hasSpeaker: boolean;
  ownerAccountId?: Optional;
  kind: Kind;
  mainUrl?: Optional;
  subUrl?: Optional;
  user?: Optional;
  password?: Optional;
  host?: Optional;
  port?: number | null;
  mainProfile?: Optional;
  subProfile?: Optional;
  deviceId?: Optional;
  channelId?: Optional;
  transport?: 'udp' | 'tcp-passive' | 'tcp-active';
  responsibleBody: string;
  legalBasis: string;
  filedOn?: Optional;
  filingNumber?: Optional;
  installedOn?: Optional;
  signSeenOn?: Optional;
  mode: CameraInput['recording']['mode'];
  variant: 'main' | 'sub';
  spans: CameraInput['recording']['spans'];
  floorDays: number;
  ceilingDays: number;
}
/** Where it stands and which way it looks: chosen on the map. */
export interface CameraSpot {
  readonly place: { readonly lon: number; readonly lat: number } | null;
  readonly cone: CameraInput['cone'];
}

const emptied = (text: Optional): string | null => (text === null || text === undefined || text === '' ? null : text);

export function fieldsOf(camera: Camera | null, channel: GbChannel | null): CameraFields {
  const source = camera?.source;
  const onvif = source?.kind === 'onvif' ? /^(.*):(\d+)$/.exec(source.address) : null;
  return {
    name: camera?.name ?? channel?.name ?? '',
    code: camera?.code ?? channel?.channelId ?? null,
    class: camera?.class ?? 'public',
    address: camera?.address ?? null,
    group: camera?.group ?? null,
    tags: [...(camera?.tags ?? [])],
    hasPtz: camera?.hasPtz ?? channel?.hasPtz ?? false,
    hasSpeaker: camera?.hasSpeaker ?? false,
    ownerAccountId: camera?.ownerAccountId ?? null,
    kind: source?.kind ?? (channel ? 'gb28181' : 'rtsp'),
    mainUrl: source?.mainUrl ?? null,
    subUrl: source?.subUrl ?? null,
    user: source?.user ?? null,
    password: '',
    host: onvif?.[1] ?? null,
    port: onvif ? Number(onvif[2]) : 80,
    mainProfile: source?.mainProfile ?? null,
    subProfile: source?.subProfile ?? null,
    deviceId: source?.deviceId ?? channel?.deviceId ?? null,
    channelId: source?.channelId ?? channel?.channelId ?? null,
    transport: source?.transport ?? 'tcp-passive',
    responsibleBody: camera?.duties.responsibleBody ?? '',
    legalBasis: camera?.duties.legalBasis ?? '',
    filedOn: camera?.duties.filedOn ?? null,
    filingNumber: camera?.duties.filingNumber ?? null,
    installedOn: camera?.duties.installedOn ?? null,
    signSeenOn: camera?.duties.signSeenOn ?? null,
    mode: camera?.recording.mode ?? 'off',
    variant: camera?.recording.variant ?? 'main',
    spans: [...(camera?.recording.spans ?? [])],
    floorDays: camera?.recording.floorDays ?? 30,
    ceilingDays: camera?.recording.ceilingDays ?? 90,
  };
}

/** A password that was not typed is left out, so that the kept one stays. */
function sourceOf(f: CameraFields): CameraInput['source'] {
  const password = emptied(f.password);
  const secret = { user: emptied(f.user), ...(password === null ? {} : { password }) };
  if (f.kind === 'rtsp') return { kind: 'rtsp', mainUrl: f.mainUrl ?? '', subUrl: emptied(f.subUrl), ...secret };
  if (f.kind === 'onvif')
    return {
      kind: 'onvif',
      host: f.host ?? '',
      port: f.port ?? 80,
      mainProfile: emptied(f.mainProfile),
      subProfile: emptied(f.subProfile),
      ...secret,
    };
  return {
    kind: 'gb28181',
    deviceId: f.deviceId ?? '',
    channelId: f.channelId ?? '',
    transport: f.transport ?? 'tcp-passive',
  };
}

export function inputOf(f: CameraFields, place: { lon: number; lat: number }, cone: CameraInput['cone']): CameraInput {
  return {
    name: f.name.trim(),
    code: emptied(f.code),
    class: f.class,
    place,
    address: emptied(f.address),
    cone,
    tags: f.tags,
    group: emptied(f.group),
    hasPtz: f.hasPtz,
    hasSpeaker: f.hasSpeaker,
    ownerAccountId: f.class === 'household' ? emptied(f.ownerAccountId) : null,
    source: sourceOf(f),
    duties: {
      responsibleBody: f.responsibleBody,
      legalBasis: f.legalBasis,
      filedOn: emptied(f.filedOn),
      filingNumber: emptied(f.filingNumber),
      installedOn: emptied(f.installedOn),
      signSeenOn: emptied(f.signSeenOn),
    },
    recording: {
      mode: f.mode,
      variant: f.variant,
      spans: f.mode === 'schedule' ? f.spans : [],
      floorDays: f.floorDays,
      ceilingDays: f.ceilingDays,
    },
  };
}

/** Degrees from north, clockwise, from one place to another nearby. */
export function bearingDeg(from: { lon: number; lat: number }, to: { lon: number; lat: number }): number {
  const east = (to.lon - from.lon) * Math.cos((from.lat * Math.PI) / 180);
  const turn = (Math.atan2(east, to.lat - from.lat) * 180) / Math.PI;
  return Math.round(turn + 360) % 360;
}
