/** Borders edited and published: posts and open incidents follow, where something was reported stays. */
import { areaIndex } from '@wangge/areas';
import type { AreaDraft, previewPublish } from '@wangge/areas/contract';
import type { RouteOutput } from '@wangge/contract-kit';
import { type Seat, seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type IncidentTown, openIncidentTown } from '../src/testkit.ts';

let town: IncidentTown;
let admin: Seat;
beforeAll(async () => {
  town = await openIncidentTown();
  admin = await seat(town.rt, [{ role: 'system-admin', area: town.root }]);
});
afterAll(() => town.close());

async function send<T>(method: 'GET' | 'POST', url: string, payload?: object): Promise<T> {
  const headers = { 'x-wangge': '1', cookie: admin.cookie };
  const answer = await town.app.inject({ method, url, headers, ...(payload ? { payload } : {}) });
  expect([url, answer.statusCode]).toEqual([url, 200]);
  return answer.json<T>();
}

it('when two micro-grids become one', async () => {
  const [one, ...others] = areaIndex(town.rt).children(town.grids[0].id);
  if (!one) throw new Error('the demo town has changed its shape');
  const draft = await send<AreaDraft>('POST', '/api/areas/drafts', { note: '合并' });
  let merged: AreaDraft | null = null;
  let gone = one;
  for (const other of others) {
    const answer = await town.app.inject({
      method: 'POST',
      url: `/api/areas/drafts/${draft.id}/edits`,
      headers: { 'x-wangge': '1', cookie: admin.cookie },
      payload: { revision: 1, edit: { kind: 'merge', areaId: one.id, otherId: other.id } },
    });
    if (answer.statusCode !== 200) continue;
    merged = answer.json<AreaDraft>();
    gone = other;
    break;
  }
  if (!merged) throw new Error('no two neighbours');
  const member = await seat(town.rt, [{ role: 'micro-grid-member', area: gone }], '微网格员');
  const both = await seat(town.rt, [
    { role: 'micro-grid-member', area: gone },
    { role: 'micro-grid-member', area: one },
  ]);
  // Without a place: only its area says where it belongs.
  const { id } = await town.report({ areaId: gone.id, as: member.actor });

  const preview = await send<RouteOutput<typeof previewPublish>>('GET', `/api/areas/versions/${draft.id}/preview`);
  expect(preview).toMatchObject({ removedCodes: [gone.code], movingIncidents: 1, moving: { unstaffed: [] } });
  expect(preview.moving.incidents).toMatchObject([{ id, from: gone.name, to: one.name }]);
  expect(preview.moving.posts.map(({ to }) => to)).toEqual([one.name, one.name]);
  expect(preview.moving.posts.map(({ name }) => name)).toContain('微网格员');
  await send('POST', `/api/areas/versions/${draft.id}/publish`, { revision: merged.revision });

  const posts = await town.owner.query('select account_id, area_id from staff_posts where account_id = any($1)', [
    [member.id, both.id],
  ]);
  expect(posts.rows.map((row: { area_id: string }) => row.area_id)).toEqual([one.id, one.id]);
  const kept = await town.owner.query(
    'select reported_area_id, responsible_area_id from incidents_incidents where id = $1',
    [id],
  );
  expect(kept.rows).toEqual([{ reported_area_id: gone.id, responsible_area_id: one.id }]);
});
