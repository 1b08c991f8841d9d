import { inTurn, openAccounts, signIn } from './support/accounts.ts';
import { openStreams } from './support/event-streams.ts';
import { ListTally, OpenList } from './support/open-list.ts';
import { percentile, spread } from './support/percentile.ts';
import { type Platform, startPlatform } from './support/platform.ts';
import { type Reporter, reporterFor } from './support/reports.ts';
import { writeSteadily } from './support/steady-writer.ts';

const lists = 1000;
const changesPerS = 20;
const warmUpS = 8;
const measureS = 30;
/** Long enough for the last batch of the slowest list. */
const quietMs = 3000;

/** What people look at; the first is where the console starts. */
const views = [
  '/api/incidents?open=1&limit=50',
  '/api/incidents?limit=50',
  '/api/incidents?state=reported,accepted&limit=50',
  '/api/incidents?open=1&severity=urgent&limit=50',
];

/** A thousand open lists that load again whenever something in them changes, as browsers do. */
export const bench = {
  name: 'live-storm',
  about: `${lists} open lists, ${changesPerS} changes a second: time of their requests, processors the server takes`,
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log);
    try {
      await openAccounts(platform);
      const [desk = ''] = await signIn(platform, ['diaodu']);
      const reporter = await reporterFor(platform, platform.client({ cookie: desk }));
      const run = (cookies: readonly string[], what: string): Promise<Figures> =>
        storm(platform, desk, reporter, cookies, log, what);
      // In the first every list hears everything; in the second most people see their own area alone.
      const centre = await signIn(platform, inTurn(['diaodu', 'diaodu2', 'lingdao'], 24));
      const town = await run(inTurn(centre, lists), 'all lists show the whole town');
      const members = await signIn(platform, [
        ...Array.from({ length: 40 }, (_, n) => `wgz${n + 1}`),
        ...Array.from({ length: 40 }, (_, n) => `wgy${n + 1}`),
        ...Array.from({ length: 12 }, (_, n) => `cun${n + 1}`),
      ]);
      const mixed = [...inTurn(centre, lists * 0.3), ...inTurn(members, lists * 0.7)];
      const mix = await run(mixed, '300 lists show the whole town, 700 an area');
      return {
        p95_ms: Math.round(Math.max(town.p95Ms, mix.p95Ms) * 10) / 10,
        server_cores: Math.round(Math.max(town.cores, mix.cores) * 100) / 100,
      };
    } finally {
      await platform.stop();
    }
  },
};

interface Figures {
  /** Of loading lists and of reporting together. */
  readonly p95Ms: number;
  /** API and PostgreSQL. */
  readonly cores: number;
}

async function storm(
  platform: Platform,
  desk: string,
  reporter: Reporter,
  cookies: readonly string[],
  log: (line: string) => void,
  what: string,
): Promise<Figures> {
  const tally = new ListTally();
  const open = cookies.map((cookie, n) => new OpenList(platform.url, cookie, views[n % views.length] ?? '', tally));
  const streams = await openStreams(platform.url, cookies, (stream, event) => {
    if (event.event === 'message') open[stream]?.hear(event.data);
  });
  const writes: number[] = [];
  const writer = platform.client({ cookie: desk, connections: 8 });
  const stopWriting = writeSteadily(writer, reporter, changesPerS, (ms) => tally.counting && writes.push(ms));
  await wait(warmUpS * 1000);
  tally.counting = true;
  const cpuBefore = platform.cpuSeconds();
  const apiBefore = platform.apiCpuSeconds();
  const ownBefore = process.cpuUsage();
  const startedMs = performance.now();
  await wait(measureS * 1000);
  const seconds = (performance.now() - startedMs) / 1000;
  const cores = (platform.cpuSeconds() - cpuBefore) / seconds;
  const apiCores = (platform.apiCpuSeconds() - apiBefore) / seconds;
  const own = process.cpuUsage(ownBefore);
  tally.counting = false;
  await stopWriting();
  await wait(quietMs);
  const pss = platform.pssMib();
  streams.close();
  for (const list of open) list.close();
  writer.close();
  log(`${what}:`);
  log(`  ${(tally.times.length / seconds).toFixed(0)} loadings a second: ${spread(tally.times)}`);
  log(`  ${(writes.length / seconds).toFixed(1)} reports a second: ${spread(writes)}`);
  log(`  server: ${cores.toFixed(2)} cores, ${apiCores.toFixed(2)} of them the API's; ${pss.toFixed(0)} MiB`);
  log(`  this process: ${((own.user + own.system) / 1e6 / seconds).toFixed(2)} cores`);
  log(`  ${(tally.bytes / seconds / 1e6).toFixed(1)} MB/s of answers, ${tally.notModified} not modified`);
  if (tally.failures.size + streams.lost > 0) {
    throw new Error(`${streams.lost} streams lost, failures: ${JSON.stringify([...tally.failures])}`);
  }
  return { p95Ms: percentile([...tally.times, ...writes], 0.95), cores };
}

function wait(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
