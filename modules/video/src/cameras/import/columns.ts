/** Columns of an import: headings in either language, what is in them, an example. */
import { type CameraClass, cameraClasses, type RecordingMode, recordingModes } from '../../contract.ts';

export interface ImportColumn {
  readonly zh: string;
  readonly en: string;
  /** Other headings that mean it. */
  readonly also?: readonly string[];
  readonly needed?: boolean;
  readonly example: string;
}

export const importColumns = {
  name: { zh: '名称', en: 'Name', also: ['摄像机名称'], needed: true, example: '村口桥头' },
  code: { zh: '编号', en: 'Code', also: ['国标编码'], example: '34020000001320000001' },
  class: { zh: '类别', en: 'Class', example: '公共区域' },
  lon: { zh: '经度', en: 'Longitude', also: ['lng', 'lon'], needed: true, example: '119.5' },
  lat: { zh: '纬度', en: 'Latitude', also: ['lat'], needed: true, example: '31.4' },
  address: { zh: '地址', en: 'Address', also: ['安装地址'], example: '幸福村桥头东侧' },
  mainUrl: { zh: 'RTSP主码流', en: 'RTSP main', also: ['主码流', 'RTSP'], example: 'rtsp://192.0.2.8:554/ch1/main' },
  subUrl: { zh: 'RTSP子码流', en: 'RTSP sub', also: ['子码流'], example: 'rtsp://192.0.2.8:554/ch1/sub' },
  onvif: { zh: 'ONVIF地址', en: 'ONVIF address', example: '' },
  deviceId: { zh: '国标设备编码', en: 'GB device', example: '' },
  channelId: { zh: '国标通道编码', en: 'GB channel', example: '' },
  user: { zh: '用户名', en: 'User', example: 'admin' },
  password: { zh: '密码', en: 'Password', example: '' },
  bearing: { zh: '朝向', en: 'Bearing', also: ['方位角'], example: '90' },
  angle: { zh: '视角', en: 'Angle', also: ['水平视角'], example: '60' },
  distance: { zh: '视距', en: 'Distance', also: ['可视距离'], example: '80' },
  tags: { zh: '标签', en: 'Tags', example: '水边、路口' },
  group: { zh: '分组', en: 'Group', example: '河道' },
  ptz: { zh: '云台', en: 'PTZ', example: '否' },
  speaker: { zh: '喇叭', en: 'Speaker', example: '否' },
  recording: { zh: '录像', en: 'Recording', example: '全天' },
  floorDays: { zh: '最少保存天数', en: 'Floor days', example: '30' },
  ceilingDays: { zh: '最长保存天数', en: 'Ceiling days', example: '90' },
  responsibleBody: { zh: '责任单位', en: 'Responsible body', needed: true, example: '镇人民政府' },
  legalBasis: {
    zh: '设置依据',
    en: 'Legal basis',
    needed: true,
    example: '《公共安全视频图像信息系统管理条例》',
  },
  filedOn: { zh: '备案日期', en: 'Filed on', example: '2026-03-01' },
  filingNumber: { zh: '备案编号', en: 'Filing number', example: '' },
  installedOn: { zh: '安装日期', en: 'Installed on', example: '2026-02-20' },
  signSeenOn: { zh: '标识核查日期', en: 'Sign seen on', example: '2026-03-02' },
} as const satisfies Record<string, ImportColumn>;
export type ImportField = keyof typeof importColumns;
export const importFields = Object.keys(importColumns) as ImportField[];

const plain = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_*-]/g, '');

const byHeading = new Map<string, ImportField>(
  importFields.flatMap((field) => {
    const { zh, en, also = [] }: ImportColumn = importColumns[field];
    return [zh, en, field, ...also].map((heading) => [plain(heading), field] as const);
  }),
);
/** Whatever its case, spaces and stars; null for a column that means nothing here. */
export function fieldOf(heading: string): ImportField | null {
  return byHeading.get(plain(heading)) ?? null;
}

const wordOf = <W extends string>(
  words: Readonly<Record<W, { readonly zh: string; readonly en: string }>>,
): ReadonlyMap<string, W> =>
  new Map(
    Object.entries<{ zh: string; en: string }>(words).flatMap(([word, { zh, en }]) =>
      [word, zh, en].map((text) => [plain(text), word as W] as const),
    ),
  );
const classWords: ReadonlyMap<string, CameraClass> = wordOf(cameraClasses);
const modeWords: ReadonlyMap<string, RecordingMode> = wordOf(recordingModes);
export const classOf = (text: string): CameraClass | undefined => classWords.get(plain(text));
export const modeOf = (text: string): RecordingMode | undefined => modeWords.get(plain(text));

const yes = new Set(['1', 'true', 'yes', 'y', '是', '有'].map(plain));
const no = new Set(['', '0', 'false', 'no', 'n', '否', '无'].map(plain));
/** Undefined: neither. */
export function flagOf(text: string): boolean | undefined {
  if (yes.has(plain(text))) return true;
  return no.has(plain(text)) ? false : undefined;
}
