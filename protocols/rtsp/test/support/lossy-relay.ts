/** A relay between an RTSP client and a server that loses and swaps datagrams on their way to the client. */
import type { Socket as UdpSocket } from 'node:dgram';
import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { onTestFinished } from 'vitest';
import { openUdpPair } from '../../src/index.ts';

export interface LossyRelay {
  readonly port: number;
  readonly counts: { passed: number; lost: number; swapped: number };
}

export interface Faults {
  readonly targetPort: number;
  /** Shares of the datagrams, 0 to 1. */
  readonly loss: number;
  readonly swap: number;
  readonly seed: number;
}

/** Rewrites the ports of SETUP on both ways, so that the datagrams pass through it. */
export async function startLossyRelay(faults: Faults): Promise<LossyRelay> {
  const counts = { passed: 0, lost: 0, swapped: 0 };
  const open: { close(): void }[] = [];
  const chance = generator(faults.seed);
  const server = createServer((client) => {
    const upstream = connect(faults.targetPort, '127.0.0.1');
    const wanted: [number, number][] = [];
    open.push({ close: () => client.destroy() }, { close: () => upstream.destroy() });
    relayText(client, upstream, async (text) => {
      const ports = /client_port=(\d+)-(\d+)/.exec(text);
      if (ports === null) return text;
      wanted.push([Number(ports[1]), Number(ports[2])]);
      const pair = await openUdpPair({ bindAddress: '127.0.0.1' });
      open.push(pair);
      pass(pair.rtp, wanted.at(-1)![0], chance, faults, counts);
      pair.rtcp.on('message', (data) => pair.rtcp.send(data, Number(ports[2]), '127.0.0.1'));
      return text.replace(ports[0], `client_port=${pair.ports[0]}-${pair.ports[1]}`);
    });
    relayText(upstream, client, (text) => Promise.resolve(text.replace(/;server_port=\d+-\d+/, '')));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  onTestFinished(() => {
    server.close();
    for (const one of open) one.close();
  });
  return { port: (server.address() as AddressInfo).port, counts };
}

/** Messages are small and come whole here: one chunk at a time, in turn. */
function relayText(from: Socket, to: Socket, change: (text: string) => Promise<string>): void {
  let turn = Promise.resolve();
  from.on('data', (chunk: Buffer) => {
    turn = turn.then(async () => {
      const text = await change(chunk.toString('latin1'));
      if (!to.destroyed) to.write(text, 'latin1');
    });
  });
  from.on('close', () => to.destroy());
  from.on('error', () => to.destroy());
}

function pass(
  socket: UdpSocket,
  port: number,
  chance: () => number,
  faults: Faults,
  counts: LossyRelay['counts'],
): void {
  let held: Buffer | undefined;
  socket.on('message', (data) => {
    if (chance() < faults.loss) {
      counts.lost += 1;
      return;
    }
    if (held === undefined && chance() < faults.swap) {
      held = data;
      counts.swapped += 1;
      return;
    }
    socket.send(data, port, '127.0.0.1');
    counts.passed += 1;
    if (held === undefined) return;
    socket.send(held, port, '127.0.0.1');
    counts.passed += 1;
    held = undefined;
  });
}

/** Park and Miller's, so that a failure can be repeated. */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}
