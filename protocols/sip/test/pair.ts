import { SipEndpoint, type EndpointOptions, type Remote, type TransportName } from '@wangge/sip';

const bind = { host: '127.0.0.1', port: 0 };
/** Timers forty times as fast as the standard's: 64·T1 is 0.8 s. */
export const fastTimers = { t1: 12, t2: 100, t4: 125 };

export async function openEndpoint(options: Partial<EndpointOptions> = {}): Promise<SipEndpoint> {
  const endpoint = new SipEndpoint({
    udp: bind,
    tcp: bind,
    timers: fastTimers,
    onRequest: (transaction) => transaction.respond({ status: 405 }),
    ...options,
  });
  await endpoint.start();
  return endpoint;
}

export const at = (endpoint: SipEndpoint, transport: TransportName): Remote => ({
  transport,
  host: '127.0.0.1',
  port: endpoint.port(transport),
});
