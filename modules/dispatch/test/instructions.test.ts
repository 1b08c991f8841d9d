/** One instruction to everybody of a grid: told, read, confirmed, and reminded of. */
import { newId } from '@wangge/contract-kit';
import { type IncidentTown, openIncidentTown, smallPhoto } from '@wangge/incidents/testkit';
import { storePhoto } from '@wangge/kernel';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispatch } from '../src/index.ts';
import {
  acknowledgeInstruction,
  giveInstruction,
  listInstructions,
  listMyInstructions,
  type NewInstruction,
  remind,
} from '../src/instruct/instruct.ts';
import { remindAgainMs, toRemind } from '../src/instruct/rules.ts';

describe('who is reminded', () => {
  const time = fc.option(fc.integer({ min: 1, max: 1_000_000 }), { nil: null });
  it('is who lacks what is asked, and was not reminded just now', () => {
    fc.assert(
      fc.property(fc.boolean(), time, time, time, (needsConfirm, readAtMs, confirmed, remindedAtMs) => {
        const confirmedAtMs = readAtMs === null ? null : confirmed;
        const nowMs = 1_000_000;
        const due = toRemind({ needsConfirm }, [{ readAtMs, confirmedAtMs, remindedAtMs }], nowMs).length === 1;
        const lacks = readAtMs === null || (needsConfirm && confirmedAtMs === null);
        const rested = remindedAtMs === null || nowMs - remindedAtMs >= remindAgainMs;
        expect(due).toBe(lacks && rested);
      }),
    );
  });
});

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], {
    accounts: ['dispatcher', 'head', 'member', 'neighbour', 'handler', 'cadre'],
  });
});
afterAll(() => town.close());

const give = (login: string, more: Partial<NewInstruction> = {}) =>
  town.rt.tx(town.as(login), (tx) =>
    giveInstruction(tx, {
      clientKey: newId(),
      text: '今晚大风，请排查广告牌并回复',
      photoIds: [],
      needsConfirm: true,
      ...more,
    }),
  );
const seen = (login: string, id: string, confirmed = false) =>
  town.rt.tx(town.as(login), (tx) => acknowledgeInstruction(tx, id, { confirmed }));
const told = async (login: string, id: string) =>
  (
    await town.owner.query<{ template: string }>(
      'select template from notify_messages where account_id = $1 and subject_id = $2 order by id',
      [town.as(login).id, id],
    )
  ).rows.map((r) => r.template);

describe('an instruction', () => {
  it('goes to the members of the head’s own grid, and reading is not confirming', async () => {
    const photo = await storePhoto(town.rt, town.as('head'), smallPhoto);
    const { id, receipts } = await give('head', { photoIds: [photo.fileId], place: { lon: 119.5, lat: 31.4 } });
    expect(receipts.map((r) => [r.name, r.readAtMs])).toEqual([['member', null]]);
    expect(await told('member', id)).toEqual(['instruction.given']);
    const [mine] = await town.rt.tx(town.as('member'), listMyInstructions);
    expect(mine).toMatchObject({ id, needsConfirm: true, readAtMs: null, photos: [{ fileId: photo.fileId }] });

    town.clock.advance(60_000);
    const read = await seen('member', id);
    expect(read.confirmedAtMs).toBeNull();
    town.clock.advance(60_000);
    // Again changes nothing: the first time counts.
    expect((await seen('member', id)).readAtMs).toBe(read.readAtMs);
    const confirmed = await seen('member', id, true);
    expect(confirmed).toMatchObject({ readAtMs: read.readAtMs, confirmedAtMs: town.clock.nowMs() });
    const [view] = await town.rt.tx(town.as('head'), listInstructions);
    expect(view).toMatchObject({ id, mayRemind: false, receipts: [{ confirmedAtMs: confirmed.confirmedAtMs }] });
  });

  it('reminds who has not confirmed, not more often than makes sense', async () => {
    const { id } = await give('head');
    await seen('member', id);
    const again = () => town.rt.tx(town.as('head'), (tx) => remind(tx, id, undefined));
    expect((await again()).reminded).toBe(1);
    await expect(again()).rejects.toMatchObject({ details: { guard: 'somebody' } });
    town.clock.advance(remindAgainMs);
    expect((await again()).instruction.receipts[0]).toMatchObject({ reminders: 2, confirmedAtMs: null });
    expect(await told('member', id)).toEqual(['instruction.given', 'instruction.reminder', 'instruction.reminder']);
  });

  it('from the town reaches all grids; what is not one’s own area is refused', async () => {
    const { receipts } = await give('dispatcher', { areaId: town.root.id });
    expect(receipts.map((r) => r.name)).toEqual(['member', 'neighbour']);
    await expect(give('head', { areaId: town.grids[1].id })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(give('dispatcher', { areaId: town.grids[2].id })).rejects.toMatchObject({
      details: { guard: 'somebody' },
    });
    await expect(give('member')).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is there once for one click, hidden from others, and confirmed offline at the phone’s time', async () => {
    const clientKey = newId();
    await Promise.all([give('head', { clientKey }), give('head', { clientKey })]);
    expect(await told('member', clientKey)).toEqual(['instruction.given']);
    await expect(give('cadre', { clientKey })).rejects.toMatchObject({ code: 'key-reused' });
    await expect(seen('neighbour', clientKey)).rejects.toMatchObject({ code: 'not-found' });
    const startMs = town.clock.nowMs();
    town.clock.advance(3_600_000);
    const phone = { phoneMs: startMs + 600_000, clockOffsetMs: 0, contactMs: startMs };
    const mine = await town.rt.tx(town.as('member'), (tx) =>
      acknowledgeInstruction(tx, clientKey, { confirmed: true, phone }),
    );
    expect(mine.confirmedAtMs).toBe(startMs + 600_000);
  });
});
