/**
 * A year of the demo town's past, lived through the same rules as the present, each step at its own time.
 * Batches are transactions; a run that was killed goes on where it stopped.
 */
import { areaIndex, type AreaNode } from '@wangge/areas';
import { rng as rngOf, type Rng } from '@wangge/geo';
import { type DemoTown, generateDemoTown, randomPlaceIn } from '@wangge/geo/town';
import { announce, categoriesOf } from '@wangge/incidents';
import { dayIn, type Runtime, sql, type Tx } from '@wangge/kernel';
import { castOf } from './cast.ts';
import { type Happening, liveThrough } from './live-through.ts';
import { kindOf, reporterRequests, storyOf, timeOfDayMs, unevenDays } from './stories.ts';

export interface HistoryOptions {
  /** How many incidents; S2 counts 5,853 in a year. */
  readonly count: number;
  readonly fromMs: number;
  readonly toMs: number;
  /** The same numbers give the same past, and are needed to go on with it. */
  readonly rng: Rng;
  readonly onProgress?: (done: number, total: number) => void;
  /** The town whose buildings and roads places are near; the demo's unless told. */
  readonly town?: DemoTown;
}
const batch = 20;

async function doneBefore(tx: Tx): Promise<number> {
  return (await tx.maybe<{ done: number }>(sql`select done from dispatch_history`))?.done ?? 0;
}
async function noteDone(tx: Tx, done: number): Promise<void> {
  await tx.run(sql`insert into dispatch_history (done) values (${done})
    on conflict (only_row) do update set done = excluded.done`);
}

/** Milliseconds since 1970 of the town's midnight before a moment. */
function midnightOf(zone: string, ms: number): number {
  const day = dayIn(zone, ms);
  const asUtc = Date.parse(`${day}T00:00:00Z`);
  const local = Date.parse(`${new Date(ms).toLocaleString('sv-SE', { timeZone: zone }).replace(' ', 'T')}Z`);
  return asUtc - (local - Math.floor(ms / 1000) * 1000);
}

export async function seedHistory(rt: Runtime, options: HistoryOptions): Promise<void> {
  const { count, fromMs, toMs } = options;
  const town = options.town ?? generateDemoTown();
  // Drawn before anything is skipped, so that a resumed run gives each incident the same fate.
  const seeds = Array.from({ length: count }, () => Math.floor(options.rng() * 2 ** 31));
  const momentOf = unevenDays(fromMs, toMs, options.rng);
  const index = areaIndex(rt);
  const root = index.all().find((a) => a.level === 'town') ?? index.root();
  if (!root) throw new Error('the town has no areas yet');
  await makeMonths(rt, fromMs, toMs);
  const { cast, categories } = await rt.system('seed', async (tx) => ({
    cast: await castOf(tx, root.path),
    categories: (await categoriesOf(tx)).list,
  }));
  if (cast.dispatchers.length === 0) throw new Error('the town has no dispatcher yet');

  const happeningOf = (i: number, random: Rng): Happening => {
    const kind = kindOf(random);
    const codes = categories.filter((c) => c.parentCode === kind && c.active);
    const category = codes[Math.floor(random() * codes.length)];
    if (!category) throw new Error(`no category below ${kind}`);
    const [lon, lat] = randomPlaceIn(town, random);
    const located = index.locate(lon, lat);
    const area: AreaNode = located?.microGrid ?? located?.grid ?? located?.village ?? root;
    const momentMs = momentOf((i + random()) / count);
    const atMs = Math.min(midnightOf(rt.config.zone, momentMs) + timeOfDayMs(random), toMs);
    const fromPublic = reporterRequests.has(kind) && category.public && random() < 0.4;
    const source = fromPublic ? 'resident' : random() < 0.06 ? 'dispatcher' : 'member';
    return {
      key: `${source}:history-${i}`,
      categoryCode: category.code,
      limitMin: category.handleLimitMin,
      description: storyOf(category.code, area.name, random),
      place: { lon, lat },
      path: area.path,
      atMs: Math.max(atMs, fromMs),
      untilMs: toMs,
    };
  };

  let done = await rt.system('seed', doneBefore);
  while (done < count) {
    const end = Math.min(count, done + batch);
    const start = done;
    await rt.system('seed', async (tx) => {
      let lastId: string | null = null;
      for (let i = start; i < end; i++) {
        const random = rngOf(seeds[i] ?? i);
        lastId = (await liveThrough(tx, happeningOf(i, random), cast, random)) ?? lastId;
      }
      await noteDone(tx, end);
      // Open lists and charts fill while the past comes in, a few times a minute.
      if (lastId !== null && (end % (batch * 10) === 0 || end === count)) {
        const audience = { reporterAccountId: null, assigneeIds: [], departmentIds: [] };
        announce(tx, { id: lastId, path: root.path, ...audience }, 'history');
      }
    });
    done = end;
    options.onProgress?.(done, count);
  }
  // Not only at night: suggestions are there on the demo's first day.
  await rt.system('seed', (tx) => {
    tx.addJob('incidents.learn-categories', {});
    tx.addJob('dispatch.learn-owners', {});
    return Promise.resolve();
  });
}

async function makeMonths(rt: Runtime, fromMs: number, toMs: number): Promise<void> {
  const month = new Date(fromMs);
  month.setUTCDate(1);
  for (; month.getTime() <= toMs + 86_400_000; month.setUTCMonth(month.getUTCMonth() + 1)) {
    const moment = new Date(month);
    await rt.system('seed', (tx) => tx.run(sql`select incidents_history_month(${moment})`));
  }
}
