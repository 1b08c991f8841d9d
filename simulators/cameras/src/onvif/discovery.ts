/** Answers who looks for cameras in the network (WS-Discovery 1.0, ONVIF core §7). */
import { createHash, randomUUID } from 'node:crypto';
import { createSocket, type Socket } from 'node:dgram';
import { envelope, escapeXml, readSoap, text } from './soap.ts';

const group = '239.255.255.250';

export interface DiscoveryOptions {
  /** 3702 by the standard; 0 lets the system choose. */
  readonly port?: number;
  /** Addresses of device services: `http://10.0.0.8/onvif/device_service`, with the camera's name. */
  readonly devices: () => readonly { readonly address: string; readonly name: string }[];
}

export interface Discovery {
  readonly port: number;
  close(): Promise<void>;
}

/** @throws Error where the port cannot be had; without multicast it still answers who asks it directly */
export async function answerDiscovery({ port = 3702, devices }: DiscoveryOptions): Promise<Discovery> {
  const socket = createSocket({ type: 'udp4', reuseAddr: true });
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(port, () => resolve());
  });
  socket.on('error', () => {});
  try {
    socket.addMembership(group);
  } catch {
    // A machine without a network has no multicast.
  }
  socket.on('message', (message, from) => {
    const request = readSoap(message.toString('utf8'));
    if (request?.action !== 'Probe' || !wants(text(request.body, 'Types'))) return;
    const asked = text(request.header, 'MessageID');
    for (const device of devices()) send(socket, match(device, asked), from.port, from.address);
  });
  return {
    port: socket.address().port,
    close: () => new Promise((resolve) => socket.close(() => resolve())),
  };
}

/** Nothing named means everything. */
const wants = (types: string): boolean => types === '' || /NetworkVideoTransmitter|Device/.test(types);

function send(socket: Socket, answer: string, port: number, address: string): void {
  socket.send(answer, port, address, () => {});
}

function match({ address, name }: { address: string; name: string }, asked: string): string {
  const id = createHash('sha256').update(address).digest('hex');
  const uuid = `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-8${id.slice(17, 20)}-${id.slice(20, 32)}`;
  const header = `<a:MessageID>urn:uuid:${randomUUID()}</a:MessageID><a:RelatesTo>${escapeXml(asked)}</a:RelatesTo><a:To>http://schemas.xmlsoap.org/ws/2004/08/addressing/role/anonymous</a:To><a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/ProbeMatches</a:Action>`;
  const body = `<d:ProbeMatches><d:ProbeMatch><a:EndpointReference><a:Address>urn:uuid:${uuid}</a:Address></a:EndpointReference><d:Types>dn:NetworkVideoTransmitter</d:Types><d:Scopes>onvif://www.onvif.org/Profile/Streaming onvif://www.onvif.org/name/${encodeURIComponent(name)}</d:Scopes><d:XAddrs>${escapeXml(address)}</d:XAddrs><d:MetadataVersion>1</d:MetadataVersion></d:ProbeMatch></d:ProbeMatches>`;
  return envelope(body, header);
}
