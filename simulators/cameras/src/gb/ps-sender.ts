/** Sends frames as a program stream in RTP (GB/T 28181-2022 annex C): by UDP, or by TCP with RFC 4571 framing. */
import { createSocket } from 'node:dgram';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import type { Frame, Track } from '@wangge/codec';
import type { MediaDescription } from '@wangge/gb28181';
import { PsMuxer } from '@wangge/mpeg-ps';
import { frameRfc4571, rtpHeaderSize, writeRtpHeader } from '@wangge/rtp';

const maxPayload = 1400 - rtpHeaderSize;
const payloadType = 96;
const connectMs = 10_000;
/** A platform that takes nothing is not sent more than this. */
const maxQueued = 8 << 20;

/** The line to the platform; `port` is what the answer names. */
export interface Line {
  readonly port: number;
  /** Settles when packets may be sent. */
  open(): Promise<void>;
  send(packet: Buffer): void;
  close(): void;
}

/** @throws Error where no port is to be had */
export async function lineTo(offer: MediaDescription, host: string): Promise<Line> {
  if (offer.transport === 'udp') return udpLine(offer, host);
  // What the platform calls itself: passive listens, so this side connects.
  return offer.transport === 'tcp-passive' ? connectingLine(offer) : listeningLine(host);
}

async function udpLine(offer: MediaDescription, host: string): Promise<Line> {
  const socket = createSocket(offer.address.includes(':') ? 'udp6' : 'udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, host, () => resolve());
  });
  socket.on('error', () => {});
  return {
    port: socket.address().port,
    open: () => Promise.resolve(),
    send: (packet) => socket.send(packet, offer.port, offer.address, () => {}),
    close: () => socket.close(),
  };
}

function connectingLine(offer: MediaDescription): Line {
  let socket: Socket | undefined;
  return {
    // Nobody connects to it: the standard wants a number all the same (port 9 is "discard").
    port: 9,
    open: () =>
      new Promise((resolve, reject) => {
        socket = connect({ host: offer.address, port: offer.port, timeout: connectMs }, () => {
          socket?.setTimeout(0);
          resolve();
        });
        socket.on('timeout', () => socket?.destroy(new Error('no answer')));
        socket.on('error', reject);
      }),
    send: (packet) => write(socket, packet),
    close: () => void socket?.destroy(),
  };
}

async function listeningLine(host: string): Promise<Line> {
  let socket: Socket | undefined;
  const arrived = Promise.withResolvers<void>();
  const server = createServer((one) => {
    if (socket !== undefined) return void one.destroy();
    socket = one;
    one.on('error', () => {});
    arrived.resolve();
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, host, () => resolve());
  });
  return {
    port: (server.address() as AddressInfo).port,
    open: () => {
      const timer = setTimeout(() => arrived.reject(new Error('the platform did not connect')), connectMs);
      return arrived.promise.finally(() => clearTimeout(timer));
    },
    send: (packet) => write(socket, packet),
    close: () => {
      arrived.reject(new Error('closed'));
      arrived.promise.catch(() => {});
      socket?.destroy();
      server.close();
    },
  };
}

function write(socket: Socket | undefined, packet: Buffer): void {
  if (socket === undefined || socket.destroyed || socket.writableLength > maxQueued) return;
  socket.write(frameRfc4571(packet));
}

/** Frames in, packets out: all packets of a frame carry one stamp, the last one the marker. */
export class PsSender {
  readonly #line: Line;
  readonly #muxer: PsMuxer;
  readonly #ssrc: number;
  #sequence = 0;

  constructor(line: Line, tracks: readonly Track[], ssrc: number) {
    this.#line = line;
    this.#muxer = new PsMuxer(tracks);
    this.#ssrc = ssrc;
  }

  send(frame: Frame): void {
    const pack = this.#muxer.write(frame);
    const timestamp = Math.round((frame.ptsUs * 9) / 100) % 2 ** 32;
    for (let at = 0; at < pack.length; at += maxPayload) {
      const payload = pack.subarray(at, at + maxPayload);
      const packet = Buffer.allocUnsafe(rtpHeaderSize + payload.length);
      const marker = at + maxPayload >= pack.length;
      writeRtpHeader(packet, 0, { payloadType, marker, sequence: this.#sequence, timestamp, ssrc: this.#ssrc });
      packet.set(payload, rtpHeaderSize);
      this.#sequence = (this.#sequence + 1) & 0xffff;
      this.#line.send(packet);
    }
  }
}
