/** A town with a SIP process, and devices that send program streams. */
import { createSocket } from 'node:dgram';
import { connect, createServer, type Socket } from 'node:net';
import type { AudioFrame, VideoFrame } from '@wangge/codec';
import { Device, type DeviceSource, type StreamGrant, type StreamRequest } from '@wangge/gb28181';
import { areas } from '@wangge/areas';
import { incidents } from '@wangge/incidents';
import { notify } from '@wangge/notify';
import { staff } from '@wangge/staff';
import type { Module } from '@wangge/kernel';
import { PsMuxer } from '@wangge/mpeg-ps';
import { buildRtp, frameRfc4571 } from '@wangge/rtp';
import { video } from '@wangge/video';
import type { SipOptions } from '@wangge/video/sip';

export const modules: readonly Module[] = [areas, staff, notify, incidents, video];
export const sipOptions: SipOptions = {
  sipHost: '127.0.0.1',
  sipPort: 0,
  innerHost: '127.0.0.1',
  innerPort: 0,
  serverId: '99010110002000000001',
  domain: null,
  mediaHost: null,
};
export const deviceId = '99010110001320000001';
export const channelId = '99010110001310000001';
export const password = 'sbmm-2026';

const sps = Uint8Array.from(Buffer.from('6742c01fd9005005bb016a02020280000003008000001e478c1924', 'hex'));
const pps = Uint8Array.from(Buffer.from('68cb83cb20', 'hex'));

/** 25 pictures a second, a key picture each second, G.711 beside them. */
function picture(n: number): VideoFrame {
  const key = n % 25 === 0;
  const slice = new Uint8Array(key ? 6000 : 900).fill(0x55);
  slice[0] = key ? 0x65 : 0x41;
  slice[1] = 0x88;
  const ptsUs = n * 40_000;
  return { kind: 'video', codec: 'h264', ptsUs, dtsUs: ptsUs, key, nals: key ? [sps, pps, slice] : [slice] };
}
const sound = (n: number): AudioFrame => ({
  kind: 'audio',
  codec: 'pcma',
  ptsUs: n * 40_000,
  data: new Uint8Array(320).fill(0xd5),
});

/** RTP packets of picture `n`, as a device sends them. */
function packetsOf(muxer: PsMuxer, n: number, ssrc: number, from: number): Buffer[] {
  const pack = Buffer.concat([muxer.write(picture(n)), muxer.write(sound(n))]);
  const packets: Buffer[] = [];
  for (let at = 0; at < pack.length; at += 1400) {
    packets.push(
      buildRtp(
        {
          payloadType: 96,
          marker: at + 1400 >= pack.length,
          sequence: (from + packets.length) & 0xffff,
          timestamp: n * 3600,
          ssrc,
        },
        pack.subarray(at, at + 1400),
      ),
    );
  }
  return packets;
}

/** Streams of a device: what it was asked for, and who is still being sent to. */
export class Sender {
  readonly requests: StreamRequest[] = [];
  running = 0;

  readonly open = async (request: StreamRequest): Promise<StreamGrant> => {
    this.requests.push(request);
    const { offer } = request;
    const end = new AbortController();
    let listener: ReturnType<typeof createServer> | undefined;
    let socket: Socket | undefined;
    if (offer.transport === 'tcp-active') {
      listener = createServer((one) => (socket = one.on('error', () => undefined)));
      await new Promise<void>((done) => listener?.listen(0, '127.0.0.1', done));
    }
    const listening = listener?.address();
    return {
      address: '127.0.0.1',
      port: listening !== null && typeof listening === 'object' ? listening.port : 15_060,
      start: async () => {
        this.running++;
        const udp = offer.transport === 'udp' ? createSocket('udp4') : undefined;
        if (offer.transport === 'tcp-passive') {
          socket = connect({ host: offer.address, port: offer.port }).on('error', () => undefined);
        }
        const muxer = new PsMuxer([
          { kind: 'video', codec: 'h264', parameterSets: [sps, pps] },
          { kind: 'audio', codec: 'pcma', sampleRate: 8000, channels: 1 },
        ]);
        let sequence = 65_500;
        let n = 0;
        await new Promise<void>((done) => {
          const timer = setInterval(() => {
            const packets = packetsOf(muxer, n++, offer.ssrc ?? 1, sequence);
            sequence += packets.length;
            // Datagrams overtake each other.
            if (udp && packets.length > 2) packets.push(...packets.splice(1, 1));
            for (const packet of packets) {
              if (udp) udp.send(packet, offer.port, offer.address);
              else socket?.write(frameRfc4571(packet));
            }
          }, 10);
          end.signal.addEventListener('abort', () => {
            clearInterval(timer);
            udp?.close();
            socket?.destroy();
            done();
          });
        });
      },
      close: () => {
        if (end.signal.aborted) return;
        this.running--;
        end.abort();
        listener?.close();
      },
    };
  };
}

export async function openDevice(id: string, source: Partial<DeviceSource> = {}): Promise<Device> {
  const full: DeviceSource = {
    info: () => ({ deviceName: '模拟枪机', manufacturer: 'Wangge', model: 'S1', result: 'OK', channels: 1 }),
    channels: () => [
      {
        deviceId: channelId,
        name: '村口',
        parental: 0,
        parentId: id,
        status: 'ON',
        longitude: 119.01,
        latitude: 31.52,
        ptzType: 1,
      },
    ],
    ...source,
  };
  const bind = { host: '127.0.0.1', port: 0 };
  const device = new Device({ deviceId: id, udp: bind, tcp: bind }, full);
  await device.start();
  return device;
}
