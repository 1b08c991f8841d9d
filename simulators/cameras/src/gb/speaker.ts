/** Where a simulated speaker takes its sound: RTP by UDP, counted and thrown away. */
import { createSocket } from 'node:dgram';
import type { AudioGrant } from '@wangge/gb28181';
import { parseRtp } from '@wangge/rtp';

export interface Heard {
  packets: number;
  bytes: number;
}

/** @throws Error where no port is to be had */
export async function openSpeaker(host: string, ssrc: number, heard: Heard): Promise<AudioGrant> {
  const socket = createSocket('udp4');
  await new Promise<void>((resolve, reject) => {
    socket.once('error', reject);
    socket.bind(0, host, () => resolve());
  });
  socket.on('error', () => {});
  socket.on('message', (message) => {
    const packet = parseRtp(message);
    if (packet === undefined) return;
    heard.packets += 1;
    heard.bytes += packet.payload.length;
  });
  let closed = false;
  return {
    address: host,
    port: socket.address().port,
    transport: 'udp',
    ssrc,
    start: () => {},
    close: () => {
      if (!closed) socket.close();
      closed = true;
    },
  };
}
