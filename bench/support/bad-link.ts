/** A link between a browser and the server that is slow and breaks: bytes are cut wherever they are. */
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { Transform } from 'node:stream';

export interface BadLink {
  /** `http://127.0.0.1:port` */
  readonly url: string;
  /** Breaks all that is open, and refuses for a moment, again and again. */
  startBreaking(everyMs: number, forMs: number): void;
  stopBreaking(): void;
  /** How often it broke so far. */
  readonly breaks: number;
  close(): void;
}

/** @param bytesPerS upwards, shared by all connections, as a weak uplink is */
export async function badLink(target: string, bytesPerS: number): Promise<BadLink> {
  const { hostname, port } = new URL(target);
  const open = new Set<Socket>();
  let down = false;
  let breaks = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  let busyUntilMs = 0;

  /** Lets bytes through one after the other, whichever connection they are of. */
  const slow = (): Transform =>
    new Transform({
      transform(chunk: Buffer, _encoding, done) {
        const nowMs = performance.now();
        busyUntilMs = Math.max(nowMs, busyUntilMs) + (chunk.length / bytesPerS) * 1000;
        setTimeout(() => done(null, chunk), busyUntilMs - nowMs);
      },
    });
  const cut = (): void => {
    for (const socket of open) socket.destroy();
    busyUntilMs = 0;
  };

  const server = createServer((client) => {
    if (down) return void client.destroy();
    const upstream = connect(Number(port), hostname);
    const end = (): void => {
      client.destroy();
      upstream.destroy();
    };
    for (const socket of [client, upstream]) {
      open.add(socket);
      socket.on('error', end);
      socket.on('close', () => {
        open.delete(socket);
        end();
      });
    }
    client.pipe(slow()).on('error', end).pipe(upstream);
    upstream.pipe(client);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    startBreaking(everyMs, forMs) {
      timer = setInterval(() => {
        breaks++;
        down = true;
        cut();
        setTimeout(() => (down = false), forMs);
      }, everyMs);
    },
    stopBreaking() {
      clearInterval(timer);
      down = false;
    },
    get breaks() {
      return breaks;
    },
    close() {
      clearInterval(timer);
      server.close();
      cut();
    },
  };
}
