/** Messages of RTSP 1.0, RFC 2326 §4 to §7. */

export interface RtspRequest {
  readonly kind: 'request';
  readonly method: string;
  readonly uri: string;
  readonly headers: RtspHeaders;
  readonly body: Buffer;
}

export interface RtspResponse {
  readonly kind: 'response';
  readonly status: number;
  readonly reason: string;
  readonly headers: RtspHeaders;
  readonly body: Buffer;
}

export type RtspMessage = RtspRequest | RtspResponse;

/** Values in the order in which they came, by name in lower case. */
export type RtspHeaders = ReadonlyMap<string, readonly string[]>;

const maxHeaders = 64;

/** The first value of a header; the name is in lower case. */
export function header(message: { readonly headers: RtspHeaders }, name: string): string | undefined {
  return message.headers.get(name)?.[0];
}

/**
 * Reads the head of a message, without the empty line. Undefined where the first line is no RTSP.
 *
 * @param head text up to the empty line
 */
export function parseHead(head: string): Omit<RtspRequest, 'body'> | Omit<RtspResponse, 'body'> | undefined {
  const [first = '', ...lines] = head.split(/\r?\n/);
  const headers = parseHeaders(lines);
  const response = /^RTSP\/\d\.\d\s+(\d{3})(?:\s+(.*))?$/.exec(first);
  if (response !== null) {
    return { kind: 'response', status: Number(response[1]), reason: response[2]?.trim() ?? '', headers };
  }
  const request = /^([A-Z_]{3,20})\s+(\S+)\s+RTSP\/\d\.\d\s*$/.exec(first);
  if (request === null) return undefined;
  return { kind: 'request', method: request[1]!, uri: request[2]!, headers };
}

function parseHeaders(lines: readonly string[]): RtspHeaders {
  const headers = new Map<string, string[]>();
  let last: string[] | undefined;
  for (const line of lines.slice(0, maxHeaders)) {
    // A line that begins with a blank goes on with the one before it.
    if (/^[ \t]/.test(line) && last !== undefined) {
      last.push(`${last.pop() ?? ''} ${line.trim()}`);
      continue;
    }
    const colon = line.indexOf(':');
    if (colon <= 0) continue;
    const name = line.slice(0, colon).trim().toLowerCase();
    last = headers.get(name) ?? [];
    headers.set(name, last);
    last.push(line.slice(colon + 1).trim());
  }
  return headers;
}

/** Headers to be written: undefined is left out, a list is a line for each, line ends cannot slip in. */
export type HeadersOut = Readonly<Record<string, string | number | readonly string[] | undefined>>;

export function buildRequest(method: string, uri: string, headers: HeadersOut, body?: Uint8Array | string): Buffer {
  // Blanks would end the address.
  return build(`${method} ${uri.replace(/\s+/g, '')} RTSP/1.0`, headers, body);
}

export function buildResponse(status: number, headers: HeadersOut, body?: Uint8Array | string): Buffer {
  return build(`RTSP/1.0 ${status} ${reasons[status] ?? 'Error'}`, headers, body);
}

function build(first: string, headers: HeadersOut, body: Uint8Array | string | undefined): Buffer {
  const content = body === undefined ? undefined : Buffer.from(body);
  const lines = [first];
  for (const [name, value] of Object.entries(headers)) {
    for (const one of typeof value === 'object' ? value : [value]) {
      if (one !== undefined) lines.push(`${name}: ${clean(String(one))}`);
    }
  }
  if (content !== undefined) lines.push(`Content-Length: ${content.length}`);
  const head = Buffer.from(`${lines.join('\r\n')}\r\n\r\n`);
  return content === undefined ? head : Buffer.concat([head, content]);
}

function clean(text: string): string {
  return text.replace(/[\r\n]+/g, ' ');
}

const reasons: Readonly<Record<number, string>> = {
  200: 'OK',
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Request Entity Too Large',
  415: 'Unsupported Media Type',
  453: 'Not Enough Bandwidth',
  454: 'Session Not Found',
  455: 'Method Not Valid in This State',
  459: 'Aggregate Operation Not Allowed',
  461: 'Unsupported Transport',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
  551: 'Option not supported',
};
