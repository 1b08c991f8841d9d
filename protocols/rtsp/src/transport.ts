/** The Transport header, RFC 2326 §12.39. */

export interface Transport {
  readonly tcp: boolean;
  readonly multicast: boolean;
  readonly interleaved: readonly [number, number] | undefined;
  readonly clientPorts: readonly [number, number] | undefined;
  readonly serverPorts: readonly [number, number] | undefined;
  /** Host that the packets come from, where it is not the server's own. */
  readonly source: string | undefined;
  readonly ssrc: number | undefined;
  readonly record: boolean;
}

/** Each of the transports that are offered, those of RTP only. */
export function parseTransports(text: string): Transport[] {
  return text
    .slice(0, 2048)
    .split(',')
    .map((part) => part.trim())
    .filter((part) => /^RTP\/AVP/i.test(part))
    .map((part) => parseOne(part));
}

function parseOne(text: string): Transport {
  const [protocol = '', ...rest] = text.split(';').map((part) => part.trim());
  const parameters = new Map<string, string>();
  for (const part of rest) {
    const equals = part.indexOf('=');
    const name = (equals < 0 ? part : part.slice(0, equals)).toLowerCase();
    parameters.set(name, equals < 0 ? '' : part.slice(equals + 1).replace(/^"|"$/g, ''));
  }
  const ssrc = Number.parseInt(parameters.get('ssrc') ?? '', 16);
  return {
    tcp: /\/TCP$/i.test(protocol),
    multicast: parameters.has('multicast'),
    interleaved: pair(parameters.get('interleaved'), 255),
    clientPorts: pair(parameters.get('client_port'), 65_535),
    serverPorts: pair(parameters.get('server_port'), 65_535),
    source: parameters.get('source') || undefined,
    ssrc: Number.isNaN(ssrc) ? undefined : ssrc >>> 0,
    record: /record|receive/i.test(parameters.get('mode') ?? ''),
  };
}

/** `a-b`, or `a` alone, which means the one after it too. */
function pair(text: string | undefined, max: number): readonly [number, number] | undefined {
  const match = /^(\d{1,5})(?:-(\d{1,5}))?$/.exec(text ?? '');
  if (match === null) return undefined;
  const first = Number(match[1]);
  const second = match[2] === undefined ? first + 1 : Number(match[2]);
  return first > max || second > max ? undefined : [first, second];
}
