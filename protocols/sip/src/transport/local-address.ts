import { BlockList, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

/**
 * The address of this machine that `remoteHost` most likely sees: the one in the same subnet, loopback for
 * loopback, else the first that is no loopback. A machine with several ways out should say `advertise`.
 */
export function localAddressFor(remoteHost: string): string {
  const family = isIPv6(remoteHost) ? 'ipv6' : 'ipv4';
  const all = Object.values(networkInterfaces())
    .flatMap((list) => list ?? [])
    .filter((one) => one.family.toLowerCase() === family);
  const near = all.find((one) => {
    const prefix = Number(one.cidr?.split('/')[1]);
    if (!Number.isInteger(prefix)) return false;
    const subnet = new BlockList();
    subnet.addSubnet(one.address, prefix, family);
    return subnet.check(remoteHost, family);
  });
  const other = all.find((one) => !one.internal);
  return (near ?? other)?.address ?? (family === 'ipv6' ? '::1' : '127.0.0.1');
}
