import iconv from 'iconv-lite';

/** What a message declares; the bytes of all but UTF-8 are GB18030, which contains the others. */
export type Charset = 'GB2312' | 'GB18030' | 'UTF-8';

export const encodeText = (text: string, charset: Charset): Buffer =>
  charset === 'UTF-8' ? Buffer.from(text, 'utf8') : iconv.encode(text, 'gb18030');

const strictUtf8 = new TextDecoder('utf-8', { fatal: true });

/**
 * Text of a MANSCDP body. The declaration is a hint: devices declare GB2312 and send UTF-8, and the other way
 * round. Chinese in UTF-8 has three bytes a character, while Chinese in GB2312 may look like two-byte UTF-8 (the
 * well-known case is 联通): only longer sequences prove UTF-8 against a declaration of GB2312.
 */
export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const declared = /encoding\s*=\s*["']([\w-]{2,20})["']/i.exec(buffer.toString('latin1', 0, 120))?.[1]?.toUpperCase();
  const utf8 = asUtf8(buffer);
  if (utf8 === undefined) return iconv.decode(buffer, 'gb18030');
  if (declared?.startsWith('GB') && !hasLongSequence(buffer)) return iconv.decode(buffer, 'gb18030');
  return utf8;
}

function asUtf8(buffer: Buffer): string | undefined {
  try {
    return strictUtf8.decode(buffer);
  } catch {
    return undefined;
  }
}

const hasLongSequence = (buffer: Buffer): boolean => buffer.some((byte) => byte >= 0xe0);
