/** Which of this machine's addresses another one sees. */
import { createSocket } from 'node:dgram';
import { isIPv6 } from 'node:net';

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
