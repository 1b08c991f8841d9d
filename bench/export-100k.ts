import { Agent, get } from 'node:http';
import pg from 'pg';
import { layIncidents } from './support/lay-incidents.ts';
import { type Platform, startPlatform } from './support/platform.ts';

const rows = 100_000;
/** The town has more than the file: the filter has something to choose from. */
const incidents = 150_000;
const rounds = 3;

/** Telephones and departments for what is exported: cells that cost something to make. */
async function addParties(platform: Platform): Promise<number> {
  const owner = new pg.Client({ connectionString: platform.config.ownerUrl });
  await owner.connect();
  try {
    const phone = platform.rt.keys.encrypt('incidents.reporter-phone', '13800010001', '138****0001');
    await owner.query('alter table incidents_incidents disable trigger user');
    await owner.query(
      `update incidents_incidents set department_ids = array(select id from staff_departments order by code limit 1),
        reporter_phone = case when source in ('resident', 'dispatcher') then $1 end`,
      [phone],
    );
    await owner.query('alter table incidents_incidents enable trigger user');
    await owner.query('vacuum analyze incidents_incidents');
    const oldest = await owner.query<{ ms: string }>(
      `select floor(extract(epoch from reported_at) * 1000)::text as ms from incidents_incidents
       order by reported_at desc offset $1 limit 1`,
      [rows - 1],
    );
    return Number(oldest.rows[0]?.ms);
  } finally {
    await owner.end();
  }
}

interface Download {
  readonly seconds: number;
  readonly bytes: number;
  readonly rows: number;
}

/** Takes a file as a browser does and throws its bytes away. */
function download(url: string, cookie: string, agent: Agent): Promise<Download> {
  return new Promise((done, fail) => {
    const started = performance.now();
    get(url, { agent, headers: { cookie, 'accept-encoding': 'gzip, deflate, br, zstd' } }, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => (bytes += piece.length));
      response.on('error', fail);
      response.on('end', () => {
        if (response.statusCode !== 200) fail(new Error(`${response.statusCode} for ${url}`));
        const seconds = (performance.now() - started) / 1000;
        done({ seconds, bytes, rows: Number(response.headers['x-wangge-rows']) });
      });
    }).on('error', fail);
  });
}

/** 100,000 incidents with all columns as CSV and as XLSX; the slowest of three, and the API's memory over its idle. */
export const bench = {
  name: 'export-100k',
  about: 'CSV and XLSX of 100,000 incidents over HTTP, and what the API needs for them in memory',
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log);
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    try {
      await layIncidents(platform, incidents, log);
      const fromMs = await addParties(platform);
      const cookie = await platform.logIn('diaodu');
      const at = (query: string): string => `${platform.url}/api/incidents/export?${query}`;
      // As it is after some time: code loaded, connections open, an answer or two given.
      const lately = `fromMs=${Date.now() - 86_400_000}`;
      for (const format of ['csv', 'xlsx']) await download(at(`${lately}&format=${format}`), cookie, agent);
      const idle = platform.apiRssMib();
      let peak = idle;
      const watch = setInterval(() => (peak = Math.max(peak, platform.apiRssMib())), 20);
      const worst = { csv: 0, xlsx: 0 };
      for (let round = 0; round < rounds; round++) {
        for (const format of ['csv', 'xlsx'] as const) {
          const cpu = platform.apiCpuSeconds();
          const file = await download(at(`fromMs=${fromMs}&format=${format}`), cookie, agent);
          if (file.rows !== rows) throw new Error(`${file.rows} rows instead of ${rows}`);
          worst[format] = Math.max(worst[format], file.seconds);
          log(
            `${format}: ${file.seconds.toFixed(2)} s, ${(file.bytes / 2 ** 20).toFixed(1)} MiB over the line, ` +
              `${(platform.apiCpuSeconds() - cpu).toFixed(2)} s of the API's processor`,
          );
        }
      }
      clearInterval(watch);
      log(`API: ${idle.toFixed(0)} MiB before, ${peak.toFixed(0)} MiB at most`);
      return { csv_s: worst.csv, xlsx_s: worst.xlsx, extra_mb: ((peak - idle) * 2 ** 20) / 1e6 };
    } finally {
      agent.destroy();
      await platform.stop();
    }
  },
};
