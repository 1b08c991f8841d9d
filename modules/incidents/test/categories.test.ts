/** Whoever shows categories hears that they changed, once the change is there to be read. */
import type { LiveEvent } from '@wangge/kernel';
import { until } from '@wangge/kernel/testkit';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadCategories } from '../src/categories/book.ts';
import { importCategories } from '../src/categories/import-categories.ts';
import { saveCategory } from '../src/categories/save-category.ts';
import { seedCategories } from '../src/index.ts';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

let town: IncidentTown;
const heard: LiveEvent[] = [];
let stop: () => void;
beforeAll(async () => {
  town = await openIncidentTown();
  stop = town.rt.live.subscribe((events) =>
    heard.push(...events.filter((e) => e.type === 'incidents.categories-changed')),
  );
});
afterAll(async () => {
  stop();
  await town.close();
});

const total = async (): Promise<number> =>
  (await town.owner.query("select 1 from kernel_outbox where type = 'incidents.categories-changed'")).rowCount ?? 0;

describe('categories', () => {
  it('that are saved or imported are told to every signed-in account, once each', async () => {
    const before = await total();
    const lamp = (await town.rt.system('test', loadCategories)).get('patrol.lamp');
    if (!lamp) throw new Error('no category');
    const { code, ...body } = lamp;
    await town.rt.tx(town.as('admin'), (tx) => saveCategory(tx, code, { ...body, handleLimitMin: 77 }));
    await until(() => heard.length > 0 && heard.at(-1)?.areaPath === '', 'the first event');
    expect(await total()).toBe(before + 1);

    const csv = 'code,parent,name,limit_minutes\nx,,新类,60\nx.one,x,新小类,60\nx.two,x,又一类,60\n';
    await town.rt.tx(town.as('admin'), (tx) => importCategories(tx, csv));
    expect(await total()).toBe(before + 2);
  });

  it('say whether a proof must be taken in the app: saved, imported, and not asked for where nothing is said', async () => {
    const inApp = async (code: string) => (await town.rt.system('test', loadCategories)).get(code)?.proofInApp;
    expect(await inApp('patrol.lamp')).toBe(false);
    expect(await inApp('hazard.forest-fire')).toBe(true);
    const lamp = (await town.rt.system('test', loadCategories)).get('patrol.lamp');
    if (!lamp) throw new Error('no category');
    const { code, ...body } = lamp;
    await town.rt.tx(town.as('admin'), (tx) => saveCategory(tx, code, { ...body, proofInApp: true }));
    expect(await inApp(code)).toBe(true);
    const csv =
      'code,parent,name,limit_minutes,proof,proof_in_app\ny,,某类,60,,\ny.one,y,某小类,60,是,是\ny.two,y,另一类,60,yes,\n';
    await town.rt.tx(town.as('admin'), (tx) => importCategories(tx, csv));
    expect([await inApp('y.one'), await inApp('y.two')]).toEqual([true, false]);
  });

  it('that nobody changed are not', async () => {
    const before = await total();
    await seedCategories(town.rt);
    const bad = town.rt.tx(town.as('admin'), (tx) => importCategories(tx, 'code,name,limit_minutes\nX!,x,1\n'));
    await expect(bad).rejects.toMatchObject({ code: 'row-invalid' });
    expect(await total()).toBe(before);
  });
});
