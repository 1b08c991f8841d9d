/** Photos say how they were taken: what an answer needs, and what who reads it is told. */
import { newId } from '@wangge/contract-kit';
import {
  findRecord,
  incidentForReceipt,
  moveIncident,
  readIncident,
  receiptToken,
  reportIncident,
} from '@wangge/incidents';
import { proofFarM } from '@wangge/incidents/contract';
import { type IncidentTown, openIncidentTown, smallPhoto } from '@wangge/incidents/testkit';
import { storePhoto } from '@wangge/kernel';
import type { PhotoTaken } from '@wangge/kernel/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readTask } from '../src/actions/read-orders.ts';
import type { OrderMoveBody } from '../src/contract.ts';
import { dispatch, dispatchIncident, moveOrder } from '../src/index.ts';

const minuteMs = 60_000;
const dayMs = 86_400_000;
/** Asks for a proof, and that it comes from the app's camera. */
const strict = 'hazard.forest-fire';
let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], { accounts: ['dispatcher', 'head', 'member', 'cadre', 'leader'] });
});
afterAll(() => town.close());

const here = () => town.grids[0].center ?? { lon: 119, lat: 31.5 };
const taken = (more: Partial<PhotoTaken> = {}): PhotoTaken => ({
  how: 'camera',
  atMs: town.clock.nowMs(),
  offsetMs: 0,
  place: { ...here(), accuracyM: 12 },
  ...more,
});
const photo = async (word: PhotoTaken | null): Promise<string> =>
  (await storePhoto(town.rt, town.as('member'), smallPhoto, word)).fileId;

/** At the member, accepted. */
async function accepted(id: string): Promise<string> {
  const { version } = await town.rt.system('test', (tx) => findRecord(tx, id));
  const parties = [{ kind: 'account' as const, id: town.as('member').id ?? '' }];
  await town.rt.tx(town.as('dispatcher'), (tx) => dispatchIncident(tx, id, { version, parties }));
  const { rows } = await town.owner.query<{ id: string }>('select id from dispatch_orders where incident_id = $1', [
    id,
  ]);
  const order = rows[0]?.id ?? '';
  await move(order, { move: 'accept' });
  return order;
}
async function move(orderId: string, body: { move: OrderMoveBody['move'] } & Record<string, unknown>): Promise<void> {
  const { rows } = await town.owner.query<{ version: number }>('select version from dispatch_orders where id = $1', [
    orderId,
  ]);
  const version = rows[0]?.version ?? 0;
  await town.rt.tx(town.as('member'), (tx) =>
    moveOrder(tx, orderId, { version, photoIds: [], ...body } as OrderMoveBody),
  );
}
const respond = (order: string, photoIds: string[]) => move(order, { move: 'respond', text: '处理好了', photoIds });
const report = (categoryCode = strict) => {
  // Two alike at the same moment would become one.
  town.clock.advance(60 * minuteMs);
  return town.report({ categoryCode, place: here(), areaId: undefined, as: town.as('head') });
};
const read = (id: string, login = 'dispatcher') => town.rt.tx(town.as(login), (tx) => readIncident(tx, id));
const asAnonymous = () => {
  town.clock.advance(60 * minuteMs);
  return town.rt.system('portal', (tx) =>
    reportIncident(tx, `resident:${newId()}`, {
      categoryCode: strict,
      description: '林边有人烧纸',
      place: here(),
      anonymous: true,
    }),
  );
};

describe('where a category asks for a proof taken in the app', () => {
  it('photos from the album, or without a word of their own, do not answer; one from the camera does', async () => {
    const { id } = await report();
    const order = await accepted(id);
    const task = await town.rt.tx(town.as('member'), (tx) => readTask(tx, order));
    expect(task.incident).toMatchObject({ proofRequired: true, proofInApp: true });
    await expect(respond(order, [])).rejects.toMatchObject({ details: { guard: 'proof-where-asked' } });
    const album = await photo(taken({ how: 'gallery', place: null }));
    const silent = await photo(null);
    for (const photoIds of [[album], [silent], [album, silent]]) {
      await expect(respond(order, photoIds)).rejects.toMatchObject({
        code: 'proof-not-in-app',
        details: { guard: 'proof-in-app' },
      });
    }
    expect((await read(id)).state).toBe('handling');
    await respond(order, [album, await photo(taken())]);
    const incident = await read(id);
    expect(incident.state).toBe('responded');
    expect(new Set(incident.photos.map((p) => p.taken?.how))).toEqual(new Set(['camera', 'gallery']));
    expect(incident.moves).toContain('close');
  });

  it('one from an earlier answer of the same order counts when it is sent back', async () => {
    const { id } = await report();
    const order = await accepted(id);
    await respond(order, [await photo(taken())]);
    const { version } = await town.rt.system('test', (tx) => findRecord(tx, id));
    const rework = { move: 'rework' as const, version, reason: '还有烟' };
    await town.rt.tx(town.as('dispatcher'), (tx) => moveIncident(tx, id, rework));
    await respond(order, [await photo(taken({ how: 'gallery' }))]);
    expect((await read(id)).moves).toContain('close');
  });

  it('everywhere else any photo answers', async () => {
    const { id } = await report('environment.rubbish');
    const order = await accepted(id);
    await respond(order, [await photo(taken({ how: 'gallery' }))]);
    expect((await read(id)).moves).toContain('close');
  });
});

describe('what a photo says', () => {
  it('is when it was by the server’s clock, by whose word, and how far away', async () => {
    const { id } = await report();
    const order = await accepted(id);
    const takenMs = town.clock.nowMs();
    // A phone whose clock is a day ahead, out of reach for two hours, over a kilometre away.
    const { lon, lat } = here();
    const word = taken({ atMs: takenMs + dayMs, offsetMs: -dayMs, place: { lon, lat: lat + 0.011, accuracyM: 30 } });
    town.clock.advance(120 * minuteMs);
    const receivedMs = town.clock.nowMs();
    const ids = [await photo(word), await photo(taken()), await photo(taken({ place: null }))];
    await respond(order, ids);
    const photos = (await read(id)).timeline.find((e) => e.move === 'order:respond')?.photos ?? [];
    const [far, near, nowhere] = ids.map((fileId) => photos.find((p) => p.fileId === fileId));
    expect(far?.taken).toMatchObject({ how: 'camera', atMs: takenMs, byPhone: true, receivedMs, place: word.place });
    expect(far?.taken?.distanceM).toBeGreaterThan(proofFarM);
    expect(far?.taken?.distanceM).toBeCloseTo(1220, -2);
    expect(near?.taken).toMatchObject({ atMs: receivedMs, byPhone: false, distanceM: 0 });
    expect(nowhere?.taken).toMatchObject({ place: null, distanceM: null });
  });

  it('has no place for those who know an anonymous report only coarsely, and is nothing to its reporter', async () => {
    const { id } = await asAnonymous();
    const order = await accepted(id);
    await respond(order, [await photo(taken())]);
    const proofFor = async (login: string) => (await read(id, login)).photos.find((p) => p.purpose === 'proof')?.taken;
    for (const login of ['dispatcher', 'head', 'member']) {
      expect(await proofFor(login), `for ${login}`).toMatchObject({
        how: 'camera',
        distanceM: 0,
        place: { accuracyM: 12 },
      });
    }
    for (const login of ['leader', 'cadre']) {
      const told = await proofFor(login);
      expect(told, `for ${login}`).toMatchObject({ how: 'camera', byPhone: false });
      expect(told, `for ${login}`).not.toHaveProperty('place');
      expect(told, `for ${login}`).not.toHaveProperty('distanceM');
    }
  });

  it('stays out of a receipt', async () => {
    town.clock.advance(60 * minuteMs);
    const mine = await photo(taken());
    const { id } = await town.report({ categoryCode: strict, place: here(), areaId: undefined, photoIds: [mine] });
    expect((await read(id)).photos[0]?.taken).toMatchObject({ how: 'camera' });
    const view = await town.rt.system('portal', (tx) => incidentForReceipt(tx, { token: receiptToken(town.rt, id) }));
    expect(view?.photos.map((p) => p.fileId)).toEqual([mine]);
    expect(view?.photos.map((p) => Object.keys(p).toSorted())).toEqual([
      ['fileId', 'height', 'thumbUrl', 'url', 'width'],
    ]);
  });
});
