import { newId } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { storePhoto } from '@wangge/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readIncident, reportIncident, type ReportInput } from '../src/index.ts';
import { type IncidentTown, openIncidentTown, smallPhoto } from '../src/testkit.ts';

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown();
});
afterAll(() => town.close());

const plain = (): ReportInput => ({
  categoryCode: 'environment.rubbish',
  description: '村口垃圾桶旁堆了很多垃圾',
  areaId: town.grids[0].id,
});

describe('a report', () => {
  it('of a member is accepted and registered at once', async () => {
    const { id, number } = await town.report();
    expect(number).toMatch(/^20261102-\d{6}$/);
    const incident = await town.rt.tx(town.as('member'), (tx) => readIncident(tx, id));
    expect(incident).toMatchObject({ state: 'registered', source: 'member', severity: 'ordinary', clock: 'running' });
    expect(incident.timeline.map((e) => [e.move, e.fromState, e.toState, e.actorName])).toEqual([
      ['report', null, 'reported', 'member'],
      ['accept', 'reported', 'accepted', '系统'],
      ['register', 'accepted', 'registered', '系统'],
    ]);
    expect(incident.deadlineMs).toBe(incident.reportedAtMs + 24 * 3_600_000);
  });

  it('of a resident waits for the dispatcher, and shows a masked number', async () => {
    const { id } = await town.rt.system('portal', (tx) =>
      reportIncident(tx, `resident:${newId()}`, { ...plain(), reporterPhone: '13800000001' }),
    );
    const incident = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
    expect(incident).toMatchObject({ state: 'reported', reporterPhone: '138****0001', anonymous: false });
    expect(incident.moves).toEqual(expect.arrayContaining(['accept', 'reject', 'merge']));
    const stored = await town.owner.query('select reporter_phone from incidents_incidents where id = $1', [id]);
    expect(stored.rows[0].reporter_phone).not.toContain('13800000001');
  });

  it('settled on the spot waits only for the verifier', async () => {
    const { id } = await town.report({ selfHandled: true });
    const incident = await town.rt.tx(town.as('member'), (tx) => readIncident(tx, id));
    expect(incident).toMatchObject({ state: 'responded', clock: null });
    expect(incident.timeline.map((e) => e.move)).toEqual(['report', 'accept', 'register', 'start', 'respond']);
  });

  it('finds its area by its place', async () => {
    const micro = areaIndex(town.rt).children(town.grids[1].id)[0];
    const place = micro?.center ?? { lon: 0, lat: 0 };
    const { id } = await town.report({ place, areaId: undefined });
    const incident = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
    expect(incident).toMatchObject({ areaId: micro?.id, reportedAreaId: micro?.id, place });
  });

  it.each([
    [{ place: { lon: 100, lat: 20 }, areaId: undefined }, 'place-outside', 'place'],
    [{ areaId: undefined }, 'invalid-field', 'place'],
    [{ areaId: newId() }, 'invalid-field', 'areaId'],
    [{ categoryCode: 'environment' }, 'invalid-field', 'categoryCode'],
    [{ categoryCode: 'nothing' }, 'invalid-field', 'categoryCode'],
    [{ description: '长'.repeat(200_000) }, 'text-too-long', 'description'],
    [{ photoIds: [newId()] }, 'not-found', 'photoIds'],
  ])('is refused with %o', async (more, code, field) => {
    await expect(town.report(more)).rejects.toMatchObject({ code, field });
  });

  it('tells how far outside the place is', async () => {
    const center = town.root.center ?? { lon: 0, lat: 0 };
    const far = { lon: center.lon + 1, lat: center.lat };
    await expect(town.report({ place: far })).rejects.toMatchObject({
      details: { distanceM: expect.toSatisfy((m: number) => m > 50_000 && m < 120_000) },
    });
  });

  it('under a closed category is refused by every process at once', async () => {
    await town.report({ categoryCode: 'patrol.lamp' });
    await town.owner.query("update incidents_categories set active = false where code = 'patrol.lamp'");
    await expect(town.report({ categoryCode: 'patrol.lamp' })).rejects.toMatchObject({ code: 'category-closed' });
    await town.owner.query("update incidents_categories set active = true where code = 'patrol.lamp'");
    await expect(town.report({ categoryCode: 'patrol.lamp' })).resolves.toBeDefined();
  });

  it('keeps emoji and rare characters, and finds them', async () => {
    const { id, number } = await town.report({ description: '㐀𠮷村🐶跑丢了' });
    const found = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
    expect(found.description).toBe('㐀𠮷村🐶跑丢了');
    expect(found.number).toBe(number);
  });
});

describe('the same key', () => {
  it('makes one incident, also at the same moment', async () => {
    const key = `member:${newId()}`;
    const all = await Promise.all(Array.from({ length: 8 }, () => town.report({ key })));
    expect(new Set(all.map((r) => r.id)).size).toBe(1);
    expect(all.filter((r) => !(r as { replayed?: boolean }).replayed)).toHaveLength(1);
    const rows = await town.owner.query('select count(*)::int as n from incidents_history where incident_id = $1', [
      all[0]?.id,
    ]);
    expect(rows.rows[0].n).toBe(3);
  });

  it('with other content is refused', async () => {
    const key = `member:${newId()}`;
    await town.report({ key });
    await expect(town.report({ key, description: '别的事情' })).rejects.toMatchObject({ code: 'key-reused' });
  });

  it('is answered even after its category was closed', async () => {
    const key = `member:${newId()}`;
    const first = await town.report({ key, categoryCode: 'patrol.stall' });
    await town.owner.query("update incidents_categories set active = false where code = 'patrol.stall'");
    await expect(town.report({ key, categoryCode: 'patrol.stall' })).resolves.toMatchObject({
      id: first.id,
      replayed: true,
    });
    await town.owner.query("update incidents_categories set active = true where code = 'patrol.stall'");
  });

  it('leaves nothing behind when a photo is missing', async () => {
    const key = `member:${newId()}`;
    await expect(town.report({ key, photoIds: [newId()] })).rejects.toMatchObject({ code: 'not-found' });
    const rows = await town.owner.query('select 1 from incidents_incidents where client_key = $1', [key]);
    expect(rows.rowCount).toBe(0);
  });
});

describe('photos', () => {
  it('belong to the incident that claimed them', async () => {
    const { fileId } = await storePhoto(town.rt, town.as('member'), smallPhoto);
    const { id } = await town.report({ photoIds: [fileId] });
    const incident = await town.rt.tx(town.as('member'), (tx) => readIncident(tx, id));
    expect(incident.photos).toMatchObject([{ fileId, purpose: 'report' }]);
    await expect(town.report({ photoIds: [fileId] })).rejects.toMatchObject({ code: 'conflict' });
  });
});

describe('the database itself', () => {
  it('lets nobody report in another one’s name', async () => {
    await expect(
      town.rt.tx(town.as('volunteer'), (tx) =>
        reportIncident(tx, `member:${newId()}`, { ...plain(), by: town.as('member') }),
      ),
    ).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('never changes or deletes history, not even for its owner', async () => {
    const { id } = await town.report();
    await expect(
      town.owner.query("update incidents_history set reason = 'x' where incident_id = $1", [id]),
    ).rejects.toThrow('append-only');
    await expect(town.owner.query('delete from incidents_history where incident_id = $1', [id])).rejects.toThrow(
      'append-only',
    );
  });
});
