import { GbError } from '../error.ts';
import { parseXml, textOf, escapeXml } from '../xml/element.ts';
import { encodeText, type Charset } from '../xml/encoding.ts';
import { readShape, writeShape, type Of, type Shape } from '../xml/schema.ts';
import { messages, type Kind, type Spec } from './table.ts';
import type { catalogItem, recordItem } from './items.ts';

type Table = typeof messages;
export type MessageType = keyof Table;

/** The message of one type: its fields, SN and DeviceID ('' where a device leaves it out). */
export type MessageOf<T extends MessageType> = {
  readonly type: T;
  readonly sn: number;
  readonly deviceId: string;
} & Of<Table[T]['shape']>;

export type GbMessage = { [T in MessageType]: MessageOf<T> }[MessageType];

/** A well-formed message whose CmdType is not in the table. */
export interface OtherMessage {
  readonly type: 'other';
  readonly kind: Kind;
  readonly cmdType: string;
  readonly sn: number;
  readonly deviceId: string;
}

export type CatalogItem = Of<typeof catalogItem>;
export type RecordItem = Of<typeof recordItem>;

const byName = new Map<string, MessageType>();
for (const [type, { kind, cmdType }] of Object.entries(messages)) {
  byName.set(`${kind}/${cmdType}`.toLowerCase(), type as MessageType);
}
const kinds = new Map<string, Kind>(
  (['Control', 'Query', 'Notify', 'Response'] as const).map((kind) => [kind.toLowerCase(), kind]),
);

/** Reads a MANSCDP body (annex A). @throws GbError `encoding` or `message` */
export function decodeMessage(body: Uint8Array): GbMessage | OtherMessage {
  const root = parseXml(body);
  const kind = kinds.get(root.name.toLowerCase());
  const cmdType = textOf(root, 'CmdType');
  if (!kind || !cmdType) throw new GbError('message', 'neither Control, Query, Notify nor Response with a CmdType');
  const sn = Number(/^\+?(\d{1,15})$/.exec(textOf(root, 'SN') ?? '')?.[1] ?? 0);
  const deviceId = (textOf(root, 'DeviceID') ?? '').slice(0, 64);
  const type = byName.get(`${kind}/${cmdType}`.toLowerCase());
  if (!type) return { type: 'other', kind, cmdType: cmdType.slice(0, 64), sn, deviceId };
  const fields = readShape(root, messages[type].shape as Shape);
  return { ...fields, type, sn, deviceId } as GbMessage;
}

/** Writes a body. GB2312 is what devices of 2016 expect; GB18030 is 2022's. @throws GbError `value` */
export function encodeMessage(message: GbMessage, charset: Charset = 'GB2312'): Buffer {
  const { kind, cmdType, shape } = messages[message.type] as Spec<Shape>;
  const id = message.deviceId === '' ? '' : `<DeviceID>${escapeXml(message.deviceId)}</DeviceID>\r\n`;
  const head = `<?xml version="1.0" encoding="${charset}"?>\r\n<${kind}>\r\n<CmdType>${cmdType}</CmdType>\r\n`;
  const xml = `${head}<SN>${message.sn}</SN>\r\n${id}${writeShape(message as Of<Shape>, shape)}</${kind}>\r\n`;
  return encodeText(xml, charset);
}
