/** Addresses of this machine and whether a port is free. */
import { createServer, isIP } from 'node:net';
import { hostname, networkInterfaces } from 'node:os';
import { Failure } from './failure.ts';

/** Does listening here reach nobody but this machine? */
export function isLoopbackHost(host: string): boolean {
  return host === 'localhost' || host === '::1' || (isIP(host) === 4 && host.startsWith('127.'));
}

/** This machine's addresses in its networks, IPv4 first; link-local IPv6 ones are of no use to others. */
export function lanAddresses(): string[] {
  const all = Object.values(networkInterfaces()).flatMap((list) => list ?? []);
  const outside = all.filter((one) => !one.internal && !one.address.startsWith('fe80:'));
  return outside.toSorted((a, b) => a.family.localeCompare(b.family)).map((one) => one.address);
}

/** Names and addresses under which this machine may be asked for. */
export function ownNames(): string[] {
  const name = hostname();
  return [
    ...new Set([
      'localhost',
      name,
      ...(name.includes('.') ? [] : [`${name}.local`]),
      '127.0.0.1',
      '::1',
      ...lanAddresses(),
    ]),
  ];
}

/**
 * Resolves when the port can be listened on.
 *
 * @throws Failure in one line when it is taken or not allowed
 */
export function checkPort(host: string, port: number): Promise<void> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once('error', (error: NodeJS.ErrnoException) => fail(portFailure(error, host, port)));
    probe.listen(port, host, () => probe.close(() => done()));
  });
}

/**
 * The media worker's port: the told one, else the one behind the web service's, else any that is free.
 *
 * @throws Failure in one line when the told one is taken or not allowed
 */
export async function chooseMediaPort(told: {
  readonly host: string;
  readonly port: number;
  readonly mediaPort: number | null;
}): Promise<number> {
  const { host, port, mediaPort } = told;
  if (mediaPort !== null) {
    await checkPort(host, mediaPort);
    return mediaPort;
  }
  if (port === 0 || port === 65_535) return 0;
  return checkPort(host, port + 1).then(
    () => port + 1,
    () => 0,
  );
}

/** What a failed `listen` means. */
export function portFailure(error: NodeJS.ErrnoException, host: string, port: number): Failure {
  const at = `${isIP(host) === 6 ? `[${host}]` : host}:${port}`;
  switch (error.code) {
    case 'EADDRINUSE':
      return new Failure(`Port ${at} is taken by another program: choose another with --port`);
    case 'EACCES':
      return new Failure(`This account may not listen on ${at}: ports below 1024 belong to root`);
    case 'EADDRNOTAVAIL':
    case 'ENOTFOUND':
      return new Failure(`${host} is not an address of this machine: choose another with --host`);
    default:
      return new Failure(`Cannot listen on ${at}: ${error.message}`);
  }
}
