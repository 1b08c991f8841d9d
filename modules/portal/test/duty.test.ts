/** The duty line is the telephone of the department that the town named, and the pages say so where it named none. */
import { seat } from '@wangge/staff/testkit';
import { areaIndex } from '@wangge/areas';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPortalTown, type PortalTown, Visitor } from './support.ts';

let town: PortalTown;
let admin: string;
beforeAll(async () => {
  town = await openPortalTown();
  const root = areaIndex(town.rt).root();
  if (!root) throw new Error('no root');
  admin = (await seat(town.rt, [{ role: 'system-admin', area: root }])).cookie;
});
afterAll(() => town.close());

const save = (code: string, body: object) =>
  town.app.inject({
    method: 'PUT',
    url: `/api/staff/departments/${code}`,
    headers: { cookie: admin, 'x-wangge': '1' },
    payload: { name: code, phone: `000-777${code.length}`, ...body },
  });
const onDuty = async (): Promise<string[]> =>
  (await town.owner.query<{ code: string }>('select code from staff_departments where is_duty')).rows.map(
    (r) => r.code,
  );

/** Numbers that the home page and the page behind a sign offer to call. */
async function numbers(): Promise<string[][]> {
  const visitor = new Visitor(town);
  const pages = [await visitor.get('/'), await visitor.get(`/q/${town.token}`)];
  return pages.map(({ html }) => [...html.matchAll(/href="tel:([0-9]+)"/g)].map((m) => m[1] ?? ''));
}

describe('the duty line', () => {
  it('is the demo’s governance office until another department takes it over', async () => {
    expect(await onDuty()).toEqual(['zzb']);
    expect((await numbers()).every((list) => list.includes('0005550001'))).toBe(true);
    expect((await save('cgd', { isDuty: true })).json()).toMatchObject({ code: 'cgd', isDuty: true });
    expect(await onDuty()).toEqual(['cgd']);
    // A change of its name leaves it the duty line.
    expect((await save('cgd', { phone: '000-7774' })).json()).toMatchObject({ isDuty: true });
    const lists = await numbers();
    expect(lists.every((list) => list.includes('0007774') && !list.includes('0005550001'))).toBe(true);
  });

  it('is one when two are named at once', async () => {
    const answers = await Promise.all(['yjb', 'hws', 'zzb'].map((code) => save(code, { isDuty: true })));
    expect(answers.map((a) => a.statusCode)).toEqual([200, 200, 200]);
    expect(await onDuty()).toHaveLength(1);
  });

  it('may be nobody’s: then the pages say so and give the hotline', async () => {
    for (const code of await onDuty()) await save(code, { isDuty: false });
    expect(await onDuty()).toEqual([]);
    const [home, sign] = await numbers();
    expect(home).toContain('12345');
    expect(sign).toContain('12345');
    expect((await new Visitor(town).get('/')).html).toContain('还没有公布值班电话');
  });
});
