import { XMLParser } from 'fast-xml-parser';
import { GbError } from '../error.ts';
import { decodeText } from './encoding.ts';

/** One XML element, names compared without case: `<info>` is sent for `<Info>`. */
export interface XmlElement {
  readonly name: string;
  /** Own text without markup; '' when there are only children. */
  readonly text: string;
  readonly attributes: ReadonlyMap<string, string>;
  readonly children: readonly XmlElement[];
}

const maxBytes = 512 * 1024;

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  parseTagValue: false,
  parseAttributeValue: false,
  trimValues: true,
  // Only the five entities of XML and numbers are meant, and they are undone here: nothing can expand.
  processEntities: false,
  maxNestedTags: 16,
});

/** Root element of a MANSCDP body. @throws GbError `encoding` */
export function parseXml(bytes: Uint8Array): XmlElement {
  if (bytes.length > maxBytes) throw new GbError('encoding', 'body too large');
  const text = decodeText(bytes).replace(/^\uFEFF/, '');
  if (/<!DOCTYPE/i.test(text)) throw new GbError('encoding', 'DOCTYPE');
  let parsed: Record<string, unknown>;
  try {
    parsed = parser.parse(text) as Record<string, unknown>;
  } catch (error) {
    throw new GbError('encoding', error instanceof Error ? error.message : 'no XML');
  }
  const root = Object.entries(parsed).find(([name]) => !name.startsWith('?') && !name.startsWith('#'));
  if (!root) throw new GbError('encoding', 'no XML element');
  return toElement(root[0], Array.isArray(root[1]) ? root[1][0] : root[1]);
}

function toElement(name: string, value: unknown): XmlElement {
  if (typeof value === 'string') return { name, text: unescapeXml(value), attributes: new Map(), children: [] };
  const attributes = new Map<string, string>();
  const children: XmlElement[] = [];
  let text = '';
  for (const [key, inner] of Object.entries((value ?? {}) as Record<string, unknown>)) {
    if (key.startsWith('@')) attributes.set(key.slice(1).toLowerCase(), unescapeXml(String(inner)));
    else if (key === '#text') text = unescapeXml(String(inner));
    else for (const one of Array.isArray(inner) ? inner : [inner]) children.push(toElement(key, one));
  }
  return { name, text, attributes, children };
}

export const childrenOf = (parent: XmlElement, tag: string): XmlElement[] =>
  parent.children.filter(({ name }) => name.toLowerCase() === tag.toLowerCase());

/** Text of the child `tag`, or of the attribute of that name: devices write CmdType and SN as attributes. */
export function textOf(parent: XmlElement, tag: string): string | undefined {
  const child = childrenOf(parent, tag)[0];
  const text = child ? child.text : parent.attributes.get(tag.toLowerCase());
  return text === undefined ? undefined : text.trim();
}

const entities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,4}));/gi, (whole, decimal, hex, name: string) => {
    const code = decimal ? Number(decimal) : hex ? Number.parseInt(hex as string, 16) : undefined;
    if (code === undefined) return entities[name.toLowerCase()] ?? whole;
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

// oxlint-disable-next-line no-control-regex -- these are what XML 1.0 cannot carry
const unwritable = /[\0-\x08\x0B\x0C\x0E-\x1F\uFFFE\uFFFF]/g;
const escapes: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };

/** Text for inside an element; characters that XML cannot carry are dropped. */
export const escapeXml = (text: string): string =>
  text.replace(unwritable, '').replace(/[&<>]/g, (char) => escapes[char]!);
