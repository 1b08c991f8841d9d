/** SOAP 1.2 as ONVIF cameras speak it: requests read, answers and faults written. */
import { XMLParser } from 'fast-xml-parser';

/** An element's children by local name, text, or several of a name. */
export type XmlValue = string | XmlNode | readonly (string | XmlNode)[];
export interface XmlNode {
  readonly [name: string]: XmlValue;
}

export interface SoapRequest {
  /** Local name of the body's element: `GetProfiles`. */
  readonly action: string;
  readonly body: XmlNode;
  readonly header: XmlNode;
}

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  removeNSPrefix: true,
  parseTagValue: false,
  parseAttributeValue: false,
  // Entities of a document's own are a way to blow a reader up.
  processEntities: false,
});

/** Undefined for anything that is no SOAP request. */
export function readSoap(text: string): SoapRequest | undefined {
  let root: unknown;
  try {
    root = parser.parse(text);
  } catch {
    return undefined;
  }
  const envelope = node(node(root as XmlNode, 'Envelope'));
  const body = node(envelope, 'Body');
  const action = Object.keys(body).find((name) => !name.startsWith('@') && name !== '#text');
  if (action === undefined) return undefined;
  return { action, body: node(body, action), header: node(envelope, 'Header') };
}

/** A child element; empty where there is none, the first of several. */
export function node(parent: XmlNode, name?: string): XmlNode {
  const value: XmlValue | undefined = name === undefined ? parent : parent?.[name];
  const first = Array.isArray(value) ? (value as readonly XmlValue[])[0] : value;
  return typeof first === 'object' && first !== null ? (first as XmlNode) : {};
}

/** Text of a child element, or of an attribute (`@x`); empty where there is none. */
export function text(parent: XmlNode, name: string): string {
  const value = parent[name];
  const first = Array.isArray(value) ? (value as readonly XmlValue[])[0] : value;
  if (typeof first === 'string') return first.trim();
  const inner = node(parent, name)['#text'];
  return typeof inner === 'string' ? inner.trim() : '';
}

const spaces = {
  s: 'http://www.w3.org/2003/05/soap-envelope',
  a: 'http://www.w3.org/2005/08/addressing',
  tds: 'http://www.onvif.org/ver10/device/wsdl',
  trt: 'http://www.onvif.org/ver10/media/wsdl',
  tptz: 'http://www.onvif.org/ver20/ptz/wsdl',
  tev: 'http://www.onvif.org/ver10/events/wsdl',
  tt: 'http://www.onvif.org/ver10/schema',
  tns1: 'http://www.onvif.org/ver10/topics',
  ter: 'http://www.onvif.org/ver10/error',
  wsnt: 'http://docs.oasis-open.org/wsn/b-2',
  d: 'http://schemas.xmlsoap.org/ws/2005/04/discovery',
  dn: 'http://www.onvif.org/ver10/network/wsdl',
} as const;

export function envelope(body: string, header = ''): string {
  const declared = Object.entries(spaces)
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
    .join('');
  return `<?xml version="1.0" encoding="UTF-8"?><s:Envelope${declared}>${header === '' ? '' : `<s:Header>${header}</s:Header>`}<s:Body>${body}</s:Body></s:Envelope>`;
}

/** What a camera says when it does not do what it is asked for (ONVIF core §5.8.2). */
export class SoapFault extends Error {
  readonly code: 'Sender' | 'Receiver';
  readonly subcode: string;
  constructor(code: 'Sender' | 'Receiver', subcode: string, reason: string) {
    super(reason);
    this.code = code;
    this.subcode = subcode;
  }

  get xml(): string {
    return envelope(
      `<s:Fault><s:Code><s:Value>s:${this.code}</s:Value><s:Subcode><s:Value>ter:${this.subcode}</s:Value></s:Subcode></s:Code><s:Reason><s:Text xml:lang="en">${escapeXml(this.message)}</s:Text></s:Reason></s:Fault>`,
    );
  }
}

export const escapeXml = (value: string): string => value.replace(/[<>&"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
