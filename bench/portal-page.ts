import { get } from 'node:http';
import { createServer } from 'node:net';
import { areaIndex, qrTokenOf } from '@wangge/areas';
import { chromium } from '@playwright/test';
import lighthouse from 'lighthouse';
import { startPlatform, type Platform } from './support/platform.ts';

const rounds = 3;

interface Visit {
  readonly bytes: number;
  readonly performance: number;
  readonly accessibility: number;
  /** Largest contentful paint on a slow 4G line and a phone four times slower than this machine. */
  readonly paintMs: number;
}

/** The pages behind a sign as Lighthouse's cheap phone sees them first: the worst page, each by its median visit. */
export const bench = {
  name: 'portal-page',
  about:
    "what a resident's first load of the sign's page and of the report's two steps weighs, and Lighthouse's marks for them",
  async run(log: (line: string) => void): Promise<Record<string, number>> {
    const platform = await startPlatform(log);
    const debuggingPort = await freePort();
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: ['--no-sandbox', '--disable-gpu', '--no-first-run', `--remote-debugging-port=${debuggingPort}`],
    });
    try {
      const page = `${platform.url}/q/${await anySign(platform)}`;
      const medians: Visit[] = [];
      for (const url of [page, `${page}/report`, `${page}/report?kind=patrol`]) {
        const visits: Visit[] = [];
        for (let round = 0; round < rounds; round++) visits.push(await visit(url, debuggingPort));
        const median = visits.toSorted((a, b) => a.performance - b.performance)[rounds >> 1] as Visit;
        log(
          `${url.replace(page, '/q/…')}: ${median.bytes} bytes, performance ${median.performance}, ` +
            `accessibility ${median.accessibility}, painted after ${median.paintMs.toFixed(0)} ms`,
        );
        medians.push(median);
      }
      const each = <K extends keyof Visit>(key: K): number[] => medians.map((median) => median[key]);
      return {
        bytes_br: Math.max(...each('bytes')),
        performance: Math.min(...each('performance')),
        accessibility: Math.min(...each('accessibility')),
      };
    } finally {
      await browser.close();
      await platform.stop();
    }
  },
};

async function anySign(platform: Platform): Promise<string> {
  const area = areaIndex(platform.rt)
    .all()
    .find((each) => each.level === 'micro-grid');
  const token = area && (await platform.rt.system('areas', (tx) => qrTokenOf(tx, area.id)));
  if (!token) throw new Error('the demo town has no sign');
  return token;
}

/** Lighthouse's own settings for a phone. Storage is cleared before: it is always the first load. */
async function visit(url: string, port: number): Promise<Visit> {
  const result = await lighthouse(url, {
    port,
    onlyCategories: ['performance', 'accessibility'],
    formFactor: 'mobile',
    logLevel: 'error',
  });
  if (!result || result.lhr.runtimeError) throw new Error(result?.lhr.runtimeError?.message ?? `no result for ${url}`);
  const { categories, audits } = result.lhr;
  const requests = audits['network-requests']?.details as { items: readonly { url: string }[] } | undefined;
  const weights = await Promise.all((requests?.items ?? []).map((request) => packedBytes(request.url)));
  const mark = (name: string): number => Math.round((categories[name]?.score ?? 0) * 100);
  return {
    bytes: weights.reduce((sum, each) => sum + each, 0),
    performance: mark('performance'),
    accessibility: mark('accessibility'),
    paintMs: audits['largest-contentful-paint']?.numericValue ?? Number.NaN,
  };
}

/** The body as it crosses the line; headers are next to nothing under HTTP/2. */
function packedBytes(url: string): Promise<number> {
  return new Promise((done, fail) => {
    get(url, { headers: { 'accept-encoding': 'br' } }, (answer) => {
      let bytes = 0;
      answer.on('data', (piece: Buffer) => (bytes += piece.length));
      answer.on('error', fail);
      answer.on('end', () => done(bytes));
    }).on('error', fail);
  });
}

function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const server = createServer();
    server.once('error', fail);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? done(address.port) : fail(new Error('no port'))));
    });
  });
}
