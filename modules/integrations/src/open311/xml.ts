/** Just enough XML 1.0 for Open311: elements and text, UTF-8. */

export type XmlValue = string | number | boolean | null | readonly XmlNode[];
export interface XmlNode {
  readonly name: string;
  readonly value: XmlValue;
}

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Escaped, and without the characters that XML 1.0 (§2.2) cannot carry in any form. */
export function xmlText(text: string): string {
  return (
    text
      // oxlint-disable-next-line no-control-regex -- these are the characters that XML forbids
      .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
      .toWellFormed()
      .replace(/[&<>"']/g, (c) => escapes[c] ?? '')
  );
}

function render({ name, value }: XmlNode): string {
  if (value === null || value === '') return `<${name}/>`;
  if (typeof value === 'string') return `<${name}>${xmlText(value)}</${name}>`;
  if (typeof value === 'number' || typeof value === 'boolean') return `<${name}>${value}</${name}>`;
  return `<${name}>${value.map(render).join('')}</${name}>`;
}

/** @param root names are this code's own words, never a client's */
export function xmlDocument(root: XmlNode): string {
  return `<?xml version="1.0" encoding="utf-8"?>\n${render(root)}\n`;
}
