import type { SdpAttribute, SdpDescription, SdpMedia } from './types.ts';

const maxBytes = 65536;
const maxMedia = 32;
const maxAttributes = 256;

/**
 * Reads a description leniently, as cameras write it: lines end with CR LF or LF, unknown lines are passed over.
 * Undefined where there is no `m=` line, or beyond 64 KiB.
 */
export function parseSdp(text: string): SdpDescription | undefined {
  if (text.length > maxBytes) return undefined;
  let name = '';
  const attributes: SdpAttribute[] = [];
  const media: (SdpMedia & { attributes: SdpAttribute[] })[] = [];
  for (const raw of text.split('\n')) {
    const line = raw.trim();
    if (line[1] !== '=') continue;
    const value = line.slice(2).trim();
    if (line[0] === 's' && media.length === 0) name = value;
    else if (line[0] === 'm') {
      if (media.length === maxMedia) break;
      media.push(parseMedia(value));
    } else if (line[0] === 'a') {
      const list = media.at(-1)?.attributes ?? attributes;
      if (list.length < maxAttributes) list.push(parseAttribute(value));
    }
  }
  return media.length === 0 ? undefined : { name, attributes, media };
}

function parseMedia(value: string): SdpMedia & { attributes: SdpAttribute[] } {
  const [kind = '', port = '0', protocol = '', ...formats] = value.split(/\s+/);
  return { kind: kind.toLowerCase(), port: Number.parseInt(port, 10) || 0, protocol, formats, attributes: [] };
}

function parseAttribute(value: string): SdpAttribute {
  const colon = value.indexOf(':');
  if (colon < 0) return { name: value.toLowerCase(), value: undefined };
  return { name: value.slice(0, colon).trim().toLowerCase(), value: value.slice(colon + 1).trim() };
}
