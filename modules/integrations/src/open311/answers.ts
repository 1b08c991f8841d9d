/**
 * The shapes of Open311 GeoReport v2, once as data and written as JSON or XML. In XML a list has a wrapper
 * and each entry its own name (`services` > `service`); in JSON it is an array of objects.
 */
import { type XmlNode, xmlDocument, type XmlValue } from './xml.ts';

export type Format = 'json' | 'xml';
type Scalar = string | number | boolean | null;
export type Entry = Readonly<Record<string, Scalar>>;

export const contentTypes = { json: 'application/json; charset=utf-8', xml: 'text/xml; charset=utf-8' } as const;

function fieldsOf(entry: Entry): XmlNode[] {
  return Object.entries(entry).map(([name, value]) => ({ name, value }));
}

/** @param wrapper name of the list in XML @param item name of each of its entries */
export function writeList(format: Format, wrapper: string, item: string, entries: readonly Entry[]): string {
  if (format === 'json') return JSON.stringify(entries);
  const value: XmlValue = entries.map((entry) => ({ name: item, value: fieldsOf(entry) }));
  return xmlDocument({ name: wrapper, value });
}

/** `GET services/{code}`: our categories ask no extra questions, so the list of attributes is empty. */
export function writeDefinition(format: Format, code: string): string {
  if (format === 'json') return JSON.stringify({ service_code: code, attributes: [] });
  return xmlDocument({
    name: 'service_definition',
    value: [
      { name: 'service_code', value: code },
      { name: 'attributes', value: null },
    ],
  });
}

/** `code` is the HTTP status, as the standard has it; `wangge_code` is this platform's own word. */
export function writeError(format: Format, status: number, code: string, description: string): string {
  return writeList(format, 'errors', 'error', [{ code: status, description, wangge_code: code }]);
}

/** W3C date and time, UTC, to the second. */
export function w3cTime(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d{3}Z$/, 'Z');
}
