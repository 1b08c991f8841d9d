/** How one track's packets travel: interleaved channels of the connection, or a pair of UDP ports. */
import type { RemoteInfo } from 'node:dgram';
import { buildReceiverReport, writeRtpHeader } from '@wangge/rtp';
import { header, type HeadersOut } from '../message.ts';
import { parseTransports, type Transport } from '../transport.ts';
import { openUdpPair, type UdpOptions } from '../udp-pair.ts';
import type { RtspConnection } from './connection.ts';
import { errorOfStatus, RtspError } from './errors.ts';

export interface Link {
  /** Channels of the connection; undefined with UDP. */
  readonly channels: readonly [number, number] | undefined;
  /** @param packet the whole packet of RTP; false where it was left out because the peer does not read */
  send(packet: Uint8Array): boolean;
  sendControl(packet: Uint8Array): void;
  /** Opens the way through address translation and firewalls (UDP). */
  punch(): void;
  close(): void;
}

export interface LinkOptions {
  readonly connection: RtspConnection;
  readonly uri: string;
  readonly mode: 'tcp' | 'udp';
  readonly firstChannel: number;
  readonly udp: UdpOptions | undefined;
  readonly headers: HeadersOut;
  onPacket(data: Buffer): void;
  onControl(data: Buffer): void;
}

/** SETUP of one track. @throws RtspError */
export async function setUp(options: LinkOptions): Promise<{ link: Link; timeoutS: number | undefined }> {
  return options.mode === 'tcp' ? setUpTcp(options) : setUpUdp(options);
}

async function setUpTcp(options: LinkOptions): Promise<{ link: Link; timeoutS: number | undefined }> {
  const { connection, firstChannel } = options;
  const wanted = `RTP/AVP/TCP;unicast;interleaved=${firstChannel}-${firstChannel + 1}`;
  const { transport, timeoutS } = await request(options, wanted);
  if (transport !== undefined && !transport.tcp) throw new RtspError('transport', 'the server chose UDP');
  const channels = transport?.interleaved ?? ([firstChannel, firstChannel + 1] as const);
  const link: Link = {
    channels,
    send: (packet) => connection.send(interleave(channels[0], packet)),
    sendControl: (packet) => void connection.send(interleave(channels[1], packet)),
    punch: () => {},
    close: () => {},
  };
  return { link, timeoutS };
}

async function setUpUdp(options: LinkOptions): Promise<{ link: Link; timeoutS: number | undefined }> {
  const pair = await openUdpPair(options.udp);
  try {
    const [first, second] = pair.ports;
    const { transport, timeoutS } = await request(options, `RTP/AVP;unicast;client_port=${first}-${second}`);
    if (transport?.tcp === true || transport?.multicast === true) {
      throw new RtspError('transport', 'the server chose another transport');
    }
    const remote = plainAddress(options.connection.remoteAddress);
    const allowed = new Set([remote, plainAddress(transport?.source ?? remote)]);
    const listen = (take: (data: Buffer) => void) => (data: Buffer, from: RemoteInfo) => {
      if (allowed.has(plainAddress(from.address))) take(data);
    };
    pair.rtp.on('message', listen(options.onPacket));
    pair.rtcp.on('message', listen(options.onControl));
    const ports = transport?.serverPorts;
    const link: Link = {
      channels: undefined,
      send: (packet) => {
        if (ports !== undefined) pair.rtp.send(packet, ports[0], remote);
        return true;
      },
      sendControl: (packet) => {
        if (ports !== undefined) pair.rtcp.send(packet, ports[1], remote);
      },
      punch: () => {
        if (ports === undefined) return;
        const empty = Buffer.alloc(12);
        writeRtpHeader(empty, 0, { payloadType: 127, marker: false, sequence: 0, timestamp: 0, ssrc: 0 });
        pair.rtp.send(empty, ports[0], remote);
        pair.rtcp.send(buildReceiverReport(0, []), ports[1], remote);
      },
      close: pair.close,
    };
    return { link, timeoutS };
  } catch (error) {
    pair.close();
    throw error;
  }
}

async function request(
  options: LinkOptions,
  wanted: string,
): Promise<{ transport: Transport | undefined; timeoutS: number | undefined }> {
  const { connection, uri, headers } = options;
  const response = await connection.request('SETUP', uri, { ...headers, Transport: wanted });
  if (response.status !== 200) throw errorOfStatus('SETUP', response.status);
  const session = header(response, 'session');
  if (session !== undefined) connection.session = session.split(';')[0]!.trim();
  const timeout = /;\s*timeout\s*=\s*(\d{1,5})/i.exec(session ?? '')?.[1];
  return {
    transport: parseTransports(header(response, 'transport') ?? '')[0],
    timeoutS: timeout === undefined ? undefined : Number(timeout),
  };
}

function interleave(channel: number, packet: Uint8Array): Buffer {
  const data = Buffer.allocUnsafe(4 + packet.length);
  data[0] = 0x24;
  data[1] = channel;
  data.writeUInt16BE(packet.length, 2);
  data.set(packet, 4);
  return data;
}

function plainAddress(address: string): string {
  return address.replace(/^::ffff:/i, '');
}
