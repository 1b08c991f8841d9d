import { SipError } from '../error.ts';
import { Headers } from './headers.ts';
import { limits, type SipMessage } from './message.ts';

const requestLine = /^([A-Za-z0-9!%*_+`'~.-]{1,32}) +(\S{1,2048}) +SIP\/2\.0$/i;
const statusLine = /^SIP\/2\.0 +([1-6]\d\d)(?: (.*))?$/i;

/**
 * Reads one whole message (RFC 3261 §7), for instance a datagram. Tolerates lone LF, blank lines before the start
 * line, folded and compact headers, and a Content-Length that says more than came: the datagram's end is the truth,
 * devices count characters instead of bytes.
 *
 * @throws SipError `malformed` or `too-large`
 */
export function parseMessage(bytes: Buffer): SipMessage {
  const start = skipBlankLines(bytes);
  const end = findHeaderEnd(bytes, start);
  if (end.head - start > limits.headerBytes) throw new SipError('too-large', 'header section');
  const { startLine, headers } = parseHead(bytes.toString('latin1', start, end.head));
  const declared = contentLength(headers);
  const present = bytes.length - end.body;
  const length = declared === undefined ? present : Math.min(declared, present);
  if (length > limits.bodyBytes) throw new SipError('too-large', 'body');
  return assemble(startLine, headers, bytes.subarray(end.body, end.body + length));
}

/** Start line and headers of the text before the blank line. @throws SipError */
export function parseHead(text: string): { startLine: string; headers: Headers } {
  const lines = text.split(/\r?\n/);
  if (lines.length > limits.headerLines) throw new SipError('too-large', 'number of header lines');
  const headers = new Headers();
  let pending = '';
  const flush = (): void => {
    if (pending === '') return;
    const colon = pending.indexOf(':');
    const name = pending.slice(0, colon).trim();
    // A broken line costs itself, not the message.
    if (colon > 0 && /^[A-Za-z0-9!%*_+`'~.-]{1,64}$/.test(name)) addLine(headers, name, pending.slice(colon + 1));
  };
  for (const line of lines.slice(1)) {
    if (line.startsWith(' ') || line.startsWith('\t')) {
      // Folding: the continuation counts as one space (RFC 3261 §7.3.1).
      pending += ` ${line.trim()}`;
      continue;
    }
    flush();
    pending = line;
  }
  flush();
  return { startLine: (lines[0] ?? '').trim(), headers };
}

function addLine(headers: Headers, name: string, value: string): void {
  headers.add(name, value.trim().replace(/[\r\n\0]/g, ' '));
}

/** @throws SipError when the start line is neither a request's nor a response's */
export function assemble(startLine: string, headers: Headers, body: Buffer): SipMessage {
  const status = statusLine.exec(startLine);
  if (status) {
    return { kind: 'response', status: Number(status[1]), reason: status[2] ?? '', headers, body };
  }
  const request = requestLine.exec(startLine);
  if (!request) throw new SipError('malformed', 'no SIP start line');
  return { kind: 'request', method: request[1]!.toUpperCase(), uri: request[2]!, headers, body };
}

/** @throws SipError `malformed` when the header is there and is no number */
export function contentLength(headers: Headers): number | undefined {
  const value = headers.get('content-length');
  if (value === undefined) return undefined;
  if (!/^\d{1,9}$/.test(value)) throw new SipError('malformed', 'Content-Length');
  return Number(value);
}

/** First byte that is not CR or LF (RFC 3261 §7.5). */
export function skipBlankLines(bytes: Buffer): number {
  let at = 0;
  while (bytes[at] === 13 || bytes[at] === 10) at++;
  return at;
}

function findHeaderEnd(bytes: Buffer, from: number): { head: number; body: number } {
  const crlf = bytes.indexOf('\r\n\r\n', from);
  const lf = bytes.indexOf('\n\n', from);
  if (crlf >= 0 && (lf < 0 || crlf < lf)) return { head: crlf, body: crlf + 4 };
  if (lf >= 0) return { head: lf, body: lf + 2 };
  // Headers without the closing blank line: all of it is header.
  return { head: bytes.length, body: bytes.length };
}
