/** Before a report is sent: others' reports nearby, coarse and public only; joining one, or going on; without script. */
import { receiptToken, reportIncident } from '@wangge/incidents';
import { newId } from '@wangge/contract-kit';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { fieldOf, incidentOf, openPortalTown, type PortalTown, Visitor } from './support.ts';

let town: PortalTown;
let known: { id: string; number: string };
beforeAll(async () => {
  town = await openPortalTown();
});
afterAll(() => town.close());
beforeEach(async () => {
  await town.owner.query(`update incidents_incidents set state = 'withdrawn' where state <> 'merged'`);
  known = await town.rt.system('portal', (tx) =>
    reportIncident(tx, `resident:${newId()}`, {
      categoryCode: town.category,
      description: '张三家门口的垃圾桶满了',
      areaId: town.microGrid.id,
      address: '张家弄7号',
      anonymous: true,
    }),
  );
});

/** Fills in the form; the answer is the question whether it is the same. */
async function write(visitor: Visitor, more: Record<string, string> = {}) {
  const { url, f } = await visitor.openForm(town);
  const fields = { f, category: town.category, description: '垃圾桶满了没人收', contact: 'anonymous', ...more };
  return visitor.post(url, fields);
}
const answer = (visitor: Visitor, html: string, pressed: string) =>
  visitor.post(`/q/${town.token}/report/alike`, { draft: fieldOf(html, 'draft'), do: pressed });
const count = async () => (await town.owner.query('select 1 from incidents_incidents')).rowCount;

it('shows kind, progress and micro-grid, and nobody’s words', async () => {
  const { status, html } = await write(new Visitor(town));
  expect(status).toBe(200);
  expect(html).toContain('是不是同一件事');
  expect(html).toContain(town.microGrid.name);
  expect(html).toContain('1 人上报');
  for (const hidden of ['张三', '张家弄', known.number, '相距', '文字相近']) expect(html).not.toContain(hidden);
});

it('joins on one press: a receipt of one’s own that shows the progress of the other', async () => {
  const visitor = new Visitor(town);
  const asked = await write(visitor);
  const sent = await answer(visitor, asked.html, `same:${known.id}`);
  expect(sent.status).toBe(303);
  const { id } = await incidentOf(town, sent.location ?? '');
  expect(id).not.toBe(known.id);
  const { html } = await visitor.get(sent.location ?? '');
  expect(html).toContain('合并办理');
  expect(html).toContain('等待受理');
  const rows = await town.owner.query('select merged_into from incidents_incidents where id = $1', [id]);
  expect(rows.rows).toEqual([{ merged_into: known.id }]);
  // Pressed twice, or the other button after it: what was said first counts.
  const again = await answer(visitor, asked.html, 'other');
  expect(again.location).toBe(`/r/${receiptToken(town.rt, id)}?again=1`);
});

it('goes on when it is another', async () => {
  const visitor = new Visitor(town);
  const before = await count();
  const sent = await answer(visitor, (await write(visitor)).html, 'other');
  expect(sent.location).toMatch(/^\/r\/[\w-]{22}\?new=1$/);
  expect(await count()).toBe((before ?? 0) + 1);
});

it('asks for the code after it, where there is a phone', async () => {
  const visitor = new Visitor(town);
  const asked = await write(visitor, { contact: 'phone', phone: '13800000003' });
  expect(asked.html).toContain('是不是同一件事');
  const code = await answer(visitor, asked.html, `same:${known.id}`);
  expect(code.html).toContain('138****0003');
});

it('lets nobody join what was not shown, or with a draft of their own', async () => {
  const visitor = new Visitor(town);
  const asked = await write(visitor);
  const before = await count();
  for (const pressed of [`same:${newId()}`, 'same:', '', 'x']) {
    const { status, html } = await answer(visitor, asked.html, pressed);
    expect([pressed, status, html.includes('是不是同一件事')]).toEqual([pressed, 200, true]);
  }
  const forged = await visitor.post(`/q/${town.token}/report/alike`, { draft: 'x'.repeat(60), do: 'other' });
  expect(forged.status).toBeGreaterThanOrEqual(400);
  expect(await count()).toBe(before);
});

it('does not ask where nothing is like it', async () => {
  const sent = await write(new Visitor(town), { category: 'environment.other', description: '想问问垃圾分类' }).catch(
    () => null,
  );
  expect(sent?.html ?? '').not.toContain('张三');
  await town.owner.query(`update incidents_incidents set state = 'withdrawn' where id = $1`, [known.id]);
  expect((await write(new Visitor(town))).status).toBe(303);
});
