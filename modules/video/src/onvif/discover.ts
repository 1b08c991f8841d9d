/** WS-Discovery (OASIS 1.1, as ONVIF Core §7 uses it): a question to everybody in the network, answers for a while. */
import { randomUUID } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { networkInterfaces } from 'node:os';
import { type FoundDevice, readProbeMatch } from './probe-match.ts';

const group = { address: '239.255.255.250', port: 3702 };
const mostFound = 500;

/**
 * @param waitMs how long answers are waited for
 * @param to instead of the group; for a network that lets no multicast through
 */
export async function discover(waitMs = 3000, to = group): Promise<FoundDevice[]> {
  const found = new Map<string, FoundDevice>();
  const ask = Buffer.from(probe(randomUUID()));
  await Promise.all(
    ownAddresses(to !== group).map(
      (address) =>
        new Promise<void>((done) => {
          const socket = createSocket({ type: 'udp4', reuseAddr: true });
          const end = (): void => {
            clearTimeout(timer);
            socket.close(() => done());
          };
          const timer = setTimeout(end, waitMs);
          // A network card without a way out is no reason to hear nothing of the others.
          socket.on('error', end);
          socket.on('message', (data) => {
            const device = found.size < mostFound ? readProbeMatch(data.toString('utf8', 0, 32_768)) : null;
            if (device) found.set(`${device.host}:${device.port}`, device);
          });
          socket.bind(0, address, () => {
            if (to === group) socket.setMulticastInterface(address);
            // Twice: nobody repeats a datagram that was lost.
            socket.send(ask, to.port, to.address, () => undefined);
            socket.send(ask, to.port, to.address, () => undefined);
          });
        }),
    ),
  );
  return [...found.values()].toSorted((a, b) => a.host.localeCompare(b.host, 'en', { numeric: true }));
}

function ownAddresses(direct: boolean): string[] {
  if (direct) return ['0.0.0.0'];
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  return all.filter((one) => one.family === 'IPv4' && !one.internal).map((one) => one.address);
}

function probe(id: string): string {
  return (
    '<?xml version="1.0" encoding="UTF-8"?>' +
    '<s:Envelope xmlns:s="http://www.w3.org/2003/05/soap-envelope"' +
    ' xmlns:a="http://schemas.xmlsoap.org/ws/2004/08/addressing"' +
    ' xmlns:d="http://schemas.xmlsoap.org/ws/2005/04/discovery"' +
    ' xmlns:dn="http://www.onvif.org/ver10/network/wsdl">' +
    `<s:Header><a:MessageID>uuid:${id}</a:MessageID>` +
    '<a:To>urn:schemas-xmlsoap-org:ws:2005:04:discovery</a:To>' +
    '<a:Action>http://schemas.xmlsoap.org/ws/2005/04/discovery/Probe</a:Action></s:Header>' +
    '<s:Body><d:Probe><d:Types>dn:NetworkVideoTransmitter</d:Types></d:Probe></s:Body></s:Envelope>'
  );
}
