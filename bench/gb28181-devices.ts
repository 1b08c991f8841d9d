import { Device } from '@wangge/gb28181';
import { sql } from '@wangge/kernel';
import { startPlatform } from './support/platform.ts';

const devices = 1000;
const steadyMs = 60_000;
const password = 'bench-2026';
const idOf = (n: number): string => `9901011000132${String(n).padStart(7, '0')}`;
const channelOf = (n: number): string => `9901011000131${String(n).padStart(7, '0')}`;

/** A thousand cameras after a power cut, and an ordinary minute with them. */
export const bench = {
  name: 'gb28181-devices',
  about: `${devices} devices register at once, give their catalogues, and keep alive for a minute`,
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log, { roles: ['api', 'sip'] });
    const { rt } = platform;
    const count = async (what: 'online' | 'catalog_at is not null'): Promise<number> => {
      const where = what === 'online' ? sql`online` : sql`catalog_at is not null`;
      const row = await rt.system('video', (tx) =>
        tx.one<{ n: number }>(sql`select count(*)::int as n from video_gb_devices where ${where}`),
      );
      return row.n;
    };
    const all: Device[] = [];
    try {
      const sealed = rt.keys.encrypt('video.gb-password', password);
      const ids = Array.from({ length: devices }, (_, n) => idOf(n));
      const server = await rt.system('video', async (tx) => {
        await tx.run(sql`insert into video_gb_devices (device_id, name, password, created_at, updated_at)
          select id, id, ${sealed}, now(), now() from unnest(${ids}::text[]) as id`);
        return tx.one<{ serverId: string; port: number }>(
          sql`select value->>'serverId' as "serverId", (value->>'port')::int as port
            from kernel_settings where name = 'video.gb-server'`,
        );
      });
      for (let n = 0; n < devices; n++) {
        const source = {
          info: () => ({ deviceName: idOf(n), manufacturer: 'bench', result: 'OK', channels: 1 }),
          channels: () => [{ deviceId: channelOf(n), name: `camera ${n}`, status: 'ON', parentId: idOf(n) }],
        };
        const device = new Device({ deviceId: idOf(n), udp: { host: '127.0.0.1', port: 0 } }, source);
        all.push(device);
        await device.start();
      }
      const began = performance.now();
      const join = (device: Device): Promise<void> =>
        new Promise((done) => {
          device.addUpper({
            serverId: server.serverId,
            host: '127.0.0.1',
            port: server.port,
            password,
            onOnline: done,
          });
        });
      await Promise.all(all.map(join));
      const stormS = (performance.now() - began) / 1000;
      log(`all have their 200 after ${stormS.toFixed(1)} s`);
      while ((await count('catalog_at is not null')) < devices && performance.now() - began < 120_000) await pause(250);
      const catalogS = (performance.now() - began) / 1000;
      const catalogues = await count('catalog_at is not null');
      log(`${catalogues} catalogues after ${catalogS.toFixed(1)} s`);

      const before = { sip: platform.roleCpuSeconds('sip'), all: platform.cpuSeconds() };
      await pause(steadyMs);
      const pct = (seconds: number): number => (seconds / (steadyMs / 1000)) * 100;
      const registered = await count('online');
      return {
        registered,
        catalogues,
        storm_s: stormS,
        catalog_s: catalogS,
        cpu_core_pct: pct(platform.roleCpuSeconds('sip') - before.sip),
        all_cpu_core_pct: pct(platform.cpuSeconds() - before.all),
      };
    } finally {
      await Promise.allSettled(all.map((device) => device.close()));
      await platform.stop();
    }
  },
};

const pause = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));
