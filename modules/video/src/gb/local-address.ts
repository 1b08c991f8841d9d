/** Which of this machine's addresses another one sees. */
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/** Asks the system for the way there; nothing is sent. Falls back to the loopback where there is no way. */
export function addressTowards(host: string): Promise<string> {
  const six = isIPv6(host);
  return new Promise((done) => {
    const socket = createSocket(six ? 'udp6' : 'udp4');
    const finish = (address: string): void => {
      socket.close();
      done(address);
    };
    socket.once('error', () => finish(six ? '::1' : '127.0.0.1'));
    socket.connect(9, host, () => finish(socket.address().address));
  });
}

/** What to tell people of an address that is listened on: of all of them, the first that others see. */
export function shownAddress(host: string): string {
  if (host !== '0.0.0.0' && host !== '::') return host;
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.find((one) => one.family === 'IPv4' && !one.internal)?.address ?? '127.0.0.1';
}
