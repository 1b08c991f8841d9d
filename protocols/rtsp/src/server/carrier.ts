/** How one track of a server's session travels. */
import type { Socket } from 'node:net';
import type { Transport } from '../transport.ts';
import { openUdpPair, type UdpOptions } from '../udp-pair.ts';

export interface Carrier {
  /** The answer's Transport header. */
  readonly header: string;
  /** Channels of the connection; undefined with UDP. */
  readonly channels: readonly [number, number] | undefined;
  /** Bytes that are wanted free before each packet. */
  readonly lead: number;
  /** Packets with `lead` bytes before each, as the packetizer writes them. */
  sendPackets(data: Buffer, sizes: readonly number[]): void;
  sendControl(packet: Uint8Array): void;
  close(): void;
}

export interface CarrierOptions {
  readonly socket: Socket;
  readonly remoteAddress: string;
  readonly udp: UdpOptions | false;
  readonly record: boolean;
  onPacket(data: Buffer): void;
  onControl(data: Buffer): void;
}

/** The first of the offered transports that can be had; undefined for none (461). */
export async function openCarrier(offers: readonly Transport[], options: CarrierOptions): Promise<Carrier | undefined> {
  for (const offer of offers) {
    if (offer.tcp) return tcpCarrier(offer, options);
    if (!offer.multicast && offer.clientPorts !== undefined && options.udp !== false) {
      return udpCarrier(offer.clientPorts, options.udp, options);
    }
  }
  return undefined;
}

function tcpCarrier(offer: Transport, { socket, record }: CarrierOptions): Carrier {
  const [first, second] = offer.interleaved ?? [0, 1];
  return {
    header: `RTP/AVP/TCP;unicast;interleaved=${first}-${second}${record ? ';mode=record' : ''}`,
    channels: [first, second],
    lead: 4,
    sendPackets(data, sizes) {
      let at = 0;
      for (const size of sizes) {
        data[at] = 0x24;
        data[at + 1] = first;
        data.writeUInt16BE(size, at + 2);
        at += 4 + size;
      }
      socket.write(data);
    },
    sendControl(packet) {
      socket.write(Buffer.concat([Buffer.of(0x24, second, packet.length >> 8, packet.length & 255), packet]));
    },
    close: () => {},
  };
}

/** Packets go to the host of the connection only, whatever `destination` says: nobody else is to be flooded. */
async function udpCarrier(
  ports: readonly [number, number],
  udp: UdpOptions,
  { remoteAddress, record, onPacket, onControl }: CarrierOptions,
): Promise<Carrier> {
  const pair = await openUdpPair(udp);
  const isPeer = (address: string) => address.replace(/^::ffff:/i, '') === remoteAddress;
  pair.rtp.on('message', (data, from) => {
    if (isPeer(from.address)) onPacket(data);
  });
  pair.rtcp.on('message', (data, from) => {
    if (isPeer(from.address)) onControl(data);
  });
  const [client, clientControl] = ports;
  const [own, ownControl] = pair.ports;
  return {
    header:
      `RTP/AVP;unicast;client_port=${client}-${clientControl};server_port=${own}-${ownControl}` +
      (record ? ';mode=record' : ''),
    channels: undefined,
    lead: 0,
    sendPackets(data, sizes) {
      let at = 0;
      for (const size of sizes) {
        pair.rtp.send(data, at, size, client, remoteAddress);
        at += size;
      }
    },
    sendControl: (packet) => pair.rtcp.send(packet, clientControl, remoteAddress),
    close: pair.close,
  };
}
