/** The command line over real files, into a real server's town. They lie beside the project where there is a copy. */
import { chmodSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readRunning } from '../src/data-folder.ts';
import { wangge } from './support/run-command.ts';
import { type Tree, startTree } from './support/tree.ts';

const slow = 240_000;
const shared = join(import.meta.dirname, '../../../../shared/data');
const neighbourhoods = join(shared, 'geo/neighborhoods-dirty.geojson');
const requests = join(shared, 'requests/la311-2017-subset.csv');
const map = join(import.meta.dirname, '../../../docs/examples/la311-map.json');
const present = [neighbourhoods, requests].every((file) => existsSync(file));

const skipped = present ? '' : ' (skipped: the shared data folder is absent)';
describe.skipIf(!present)(`real neighbourhoods and requests of a city${skipped}`, () => {
  let home: string;
  let tree: Tree;
  let url: string;
  let owner: pg.Client;
  const data = () => ['--data', join(home, 'data')];
  const columns = ['--code-column', 'nc_id', '--name-column', 'name'];

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'wangge-real-'));
    chmodSync(home, 0o777);
    tree = startTree({ dataDir: join(home, 'data'), args: ['--empty'] });
    url = await tree.ready();
    owner = new pg.Client({ connectionString: readRunning(join(home, 'data'))?.ownerUrl });
    await owner.connect();
  }, slow);
  afterAll(async () => {
    await owner.end();
    tree.process.kill('SIGTERM');
    await tree.ended;
    rmSync(home, { recursive: true, force: true });
  }, slow);
  const numbers = async (text: string): Promise<unknown[]> =>
    Object.values((await owner.query<Record<string, unknown>>(text)).rows[0] ?? {});

  it(
    'are checked, refused as grids, and taken as a layer, twice the same',
    async () => {
      const check = await wangge('areas', 'check', neighbourhoods, ...columns);
      expect(check.code).toBe(1);
      expect(check.out).toMatch(/^99 areas with faults\.$/m);

      const load = ['areas', 'import', neighbourhoods, ...columns, '--level', 'grid', '--town', '洛城', ...data()];
      const refused = await wangge(...load, '--publish');
      expect(refused.code).toBe(1);
      expect(await numbers('select count(*)::int from areas_areas')).toEqual([0]);

      const first = await wangge(...load, '--accept-faults', '--note', '邻里');
      expect({ code: first.code, err: first.err }).toEqual({ code: 0, err: '' });
      expect(first.out).toMatch(/^99 areas, version [0-9a-f-]{36}: layer$/m);
      const again = await wangge(...load, '--accept-faults', '--note', '邻里');
      expect(again.out).toMatch(/^99 areas, version [0-9a-f-]{36}: was there already$/m);
      expect(await numbers("select count(*)::int, min(name) from areas_areas where level = 'grid'")).toEqual([
        99,
        'ARLETA NC',
      ]);
    },
    slow,
  );

  it(
    'bring their requests into the running town, twice the same',
    async () => {
      const load = ['incidents', 'import', requests, '--map', map, ...data()];
      // Bad rows are named by their line, and refuse the whole file unless one leaves them out.
      const whole = await wangge(...load);
      expect(whole.code).toBe(1);
      expect(whole.err).toMatch(/^line \d+ (lies outside the town|was closed before it was created)/);
      expect(whole.err).toMatch(/\nNothing was imported: mend \d+ rows, or leave them out with --skip-bad\n$/);
      expect(await numbers('select count(*)::int from incidents_incidents')).toEqual([0]);

      const first = await wangge(...load, '--skip-bad');
      const again = await wangge(...load, '--skip-bad');
      expect(first.code).toBe(0);
      expect(first.out).toMatch(/^9825 imported, 0 known already, 174 bad rows left out$/m);
      expect(again.code).toBe(0);
      expect(again.out).toMatch(/^0 imported, 9825 known already, 174 bad rows left out$/m);
      const kinds = await owner.query<{ kind: string; n: number }>(
        'select category_code as kind, count(*)::int as n from incidents_incidents group by 1 order by 1',
      );
      expect(Object.fromEntries(kinds.rows.map((r) => [r.kind, r.n]))).toEqual({
        'la.animal': 216,
        'la.appliances': 735,
        'la.bulky': 4386,
        'la.dumping': 785,
        'la.encampment': 252,
        'la.ewaste': 398,
        'la.graffiti': 2800,
        'la.other': 149,
        'la.streetlight': 80,
        'la.water': 24,
      });
      const [all, open, places] =
        await numbers(`select count(*)::int as n, count(*) filter (where is_open)::int as open,
        count(distinct responsible_area_id)::int as areas from incidents_incidents where source = 'import'`);
      expect([all, open, places]).toEqual([9825, 4, 99]);

      // The running server serves what another process wrote.
      const services = (await (await fetch(`${url}/open311/v2/services.json`)).json()) as { service_code: string }[];
      expect(services.map((s) => s.service_code)).toEqual([
        'la.bulky',
        'la.graffiti',
        'la.dumping',
        'la.appliances',
        'la.ewaste',
        'la.animal',
        'la.streetlight',
        'la.water',
        'la.other',
      ]);
      const span = 'start_date=2017-12-31T08:00:00Z&end_date=2018-01-01T07:59:59Z';
      const answer = await fetch(`${url}/open311/v2/requests.json?service_code=la.graffiti&${span}`);
      const found = (await answer.json()) as { service_code: string; description: string | null }[];
      // As many as the file has of that day and kind.
      expect(found).toHaveLength(155);
      expect(new Set(found.map((r) => `${r.service_code} ${r.description}`))).toEqual(new Set(['la.graffiti null']));
    },
    slow,
  );
});
