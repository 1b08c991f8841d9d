/** Talks to a media worker that counts; see counting-role.ts. */
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { join } from 'node:path';

export const countingRole = join(import.meta.dirname, 'counting-role.ts');

export interface Counts {
  /** Cameras to be pulled besides those that are. @returns pictures of each so far */
  take(ids: readonly string[]): Promise<ReadonlyMap<string, number>>;
}

/** To be called before the platform starts: the worker listens on the port that is chosen here. */
export async function chooseCounts(): Promise<Counts> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  process.env['WANGGE_BENCH_COUNTS'] = String(port);
  return {
    async take(ids) {
      const answer = await fetch(`http://127.0.0.1:${port}`, { method: 'POST', body: ids.join('\n') });
      return new Map(Object.entries((await answer.json()) as Record<string, number>));
    },
  };
}
