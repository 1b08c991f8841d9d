/** A row of a file to a camera. Pure. */
import type { Bilingual } from '@wangge/contract-kit';
import { type CameraInput, cameraInputSchema } from '../../contract.ts';
import { classOf, flagOf, importColumns, type ImportField, modeOf } from './columns.ts';
import type { FileRow } from './read-file.ts';

export interface RowProblem {
  readonly row: number;
  /** Heading as the file may have it, in Chinese. */
  readonly column: string | null;
  readonly message: Bilingual;
}
export const problemTexts = {
  missing: { zh: '不能为空', en: 'Must not be empty' },
  number: { zh: '不是数字', en: 'Not a number' },
  word: { zh: '不认识的取值', en: 'Not a known word' },
  date: { zh: '日期格式应为 2026-03-01', en: 'Dates look like 2026-03-01' },
  wrong: { zh: '取值不正确', en: 'Not a valid value' },
  source: {
    zh: '须填写 RTSP 主码流、ONVIF 地址或国标编码之一',
    en: 'One of RTSP main, ONVIF address and GB numbers is needed',
  },
  household: { zh: '农户自有摄像机请逐台登记', en: 'Household cameras are entered one by one' },
  schedule: { zh: '按时段录像请登记后再设置', en: 'Schedules are set once the camera is entered' },
  cone: { zh: '朝向、视角、视距须同时填写', en: 'Bearing, angle and distance come together' },
  outside: { zh: '位置不在本镇范围内', en: 'The place is outside the town' },
  forbidden: { zh: '无权登记该位置的摄像机', en: 'You may not enter cameras at this place' },
  taken: { zh: '编号或通道已被占用', en: 'Number or channel is taken' },
  password: { zh: '地址已变，须重新填写密码', en: 'The address is another one: the password is needed again' },
  twice: { zh: '与另一行是同一台摄像机', en: 'The same camera as another row' },
} as const satisfies Record<string, Bilingual>;

export type ReadRow =
  | { readonly ok: true; readonly row: number; readonly camera: CameraInput }
  | {
      readonly ok: false;
      readonly problems: readonly RowProblem[];
    };

/** Where a field of a camera came from, so that a refusal names the column. */
const columnOf: readonly (readonly [string, ImportField])[] = [
  ['name', 'name'],
  ['code', 'code'],
  ['place.lon', 'lon'],
  ['place.lat', 'lat'],
  ['address', 'address'],
  ['source.mainUrl', 'mainUrl'],
  ['source.subUrl', 'subUrl'],
  ['source.host', 'onvif'],
  ['source.port', 'onvif'],
  ['source.deviceId', 'deviceId'],
  ['source.channelId', 'channelId'],
  ['source.user', 'user'],
  ['source.password', 'password'],
  ['cone.bearingDeg', 'bearing'],
  ['cone.angleDeg', 'angle'],
  ['cone.distanceM', 'distance'],
  ['tags', 'tags'],
  ['group', 'group'],
  ['recording.floorDays', 'floorDays'],
  ['recording.ceilingDays', 'ceilingDays'],
  ...(['responsibleBody', 'legalBasis', 'filedOn', 'filingNumber', 'installedOn', 'signSeenOn'] as const).map(
    (field) => [`duties.${field}`, field] as const,
  ),
];
const dates: ReadonlySet<ImportField> = new Set(['filedOn', 'installedOn', 'signSeenOn']);

export function readRow({ row, cells }: FileRow): ReadRow {
  const problems: RowProblem[] = [];
  const say = (field: ImportField | null, message: Bilingual): void => {
    problems.push({ row, column: field === null ? null : importColumns[field].zh, message });
  };
  const text = (field: ImportField): string | null => cells.get(field) || null;
  const number = (field: ImportField): number | null => {
    const cell = text(field);
    if (cell === null) return null;
    const value = Number(cell.normalize('NFKC').replace(/[°度米天m]$/, ''));
    if (Number.isFinite(value)) return value;
    say(field, problemTexts.number);
    return null;
  };
  const flag = (field: ImportField): boolean => {
    const value = flagOf(text(field) ?? '');
    if (value === undefined) say(field, problemTexts.word);
    return value ?? false;
  };
  for (const field of ['name', 'lon', 'lat', 'responsibleBody', 'legalBasis'] as const)
    if (text(field) === null) say(field, problemTexts.missing);

  const cls = classOf(text('class') ?? 'public');
  if (cls === undefined) say('class', problemTexts.word);
  if (cls === 'household') say('class', problemTexts.household);
  const mode = modeOf(text('recording') ?? 'off');
  if (mode === undefined) say('recording', problemTexts.word);
  if (mode === 'schedule') say('recording', problemTexts.schedule);
  const cone = [number('bearing'), number('angle'), number('distance')] as const;
  const [bearingDeg, angleDeg, distanceM] = cone;
  const someCone = cone.some((n) => n !== null);
  if (someCone && cone.includes(null)) say('bearing', problemTexts.cone);
  const source = sourceOf(text);
  if (!source) say('mainUrl', problemTexts.source);
  const draft = {
    name: text('name'),
    code: text('code'),
    class: cls,
    place: { lon: number('lon'), lat: number('lat') },
    address: text('address'),
    cone: someCone ? { bearingDeg, angleDeg, distanceM } : null,
    tags: (text('tags') ?? '').split(/[,，、;；]/).flatMap((tag) => tag.trim() || []),
    group: text('group'),
    hasPtz: flag('ptz'),
    hasSpeaker: flag('speaker'),
    duties: {
      responsibleBody: text('responsibleBody'),
      legalBasis: text('legalBasis'),
      filedOn: dayOf(text('filedOn')),
      filingNumber: text('filingNumber'),
      installedOn: dayOf(text('installedOn')),
      signSeenOn: dayOf(text('signSeenOn')),
    },
    recording: { mode, floorDays: number('floorDays') ?? undefined, ceilingDays: number('ceilingDays') ?? undefined },
    ownerAccountId: null,
    source,
  };
  // What the schema says of fields that were found wrong already would only repeat it.
  if (problems.length > 0) return { ok: false, problems };
  const parsed = cameraInputSchema.safeParse(draft);
  if (parsed.success) return { ok: true, row, camera: parsed.data };
  for (const issue of parsed.error.issues) {
    const path = issue.path.join('.');
    const field = columnOf.find(([prefix]) => path === prefix || path.startsWith(`${prefix}.`))?.[1] ?? null;
    say(field, field !== null && dates.has(field) ? problemTexts.date : problemTexts.wrong);
  }
  return { ok: false, problems };
}

/** As people write days: 2026/3/1, 2026年3月1日. */
function dayOf(text: string | null): string | null {
  if (text === null) return null;
  const found = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?(?:\s.*)?$/.exec(text);
  return found ? `${found[1]}-${found[2]?.padStart(2, '0')}-${found[3]?.padStart(2, '0')}` : text;
}

function sourceOf(text: (field: ImportField) => string | null): object | null {
  const user = text('user');
  const password = text('password') ?? undefined;
  const mainUrl = text('mainUrl');
  if (mainUrl !== null) return { kind: 'rtsp', ...withoutLogin(mainUrl, text('subUrl'), user, password) };
  const onvif = text('onvif');
  if (onvif !== null) {
    const [, host = onvif, port] =
      /^(.*?)(?::(\d+))?$/.exec(onvif.replace(/^https?:\/\//, '').replace(/\/.*$/, '')) ?? [];
    return { kind: 'onvif', host, ...(port === undefined ? {} : { port: Number(port) }), user, password };
  }
  const channelId = text('channelId');
  return channelId === null ? null : { kind: 'gb28181', deviceId: text('deviceId') ?? channelId, channelId };
}
/** Lists often carry `rtsp://user:password@host`; the password goes where it belongs. */
function withoutLogin(
  mainUrl: string,
  subUrl: string | null,
  user: string | null,
  password: string | undefined,
): object {
  const login = /^rtsp:\/\/([^/]*)@/.exec(mainUrl)?.[1];
  const strip = (url: string): string => url.replace(/^(rtsp:\/\/)[^/]*@/, '$1');
  const [loginUser, ...rest] = (login ?? '').split(':');
  return {
    mainUrl: strip(mainUrl),
    subUrl: subUrl === null ? null : strip(subUrl),
    user: user ?? (loginUser ? safeDecode(loginUser) : null),
    password: password ?? (rest.length > 0 ? safeDecode(rest.join(':')) : undefined),
  };
}
function safeDecode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
