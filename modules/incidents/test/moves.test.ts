import { newId } from '@wangge/contract-kit';
import { areaIndex } from '@wangge/areas';
import { sql, storePhoto } from '@wangge/kernel';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { MoveBody } from '../src/contract.ts';
import {
  findRecord,
  incidentForReceipt,
  moveIncident,
  type MoveFacts,
  phoneKey,
  rateIncident,
  readIncident,
  receiptToken,
  reportIncident,
  setParties,
  systemMove,
} from '../src/index.ts';
import { closeByClock } from '../src/jobs.ts';
import { type IncidentTown, openIncidentTown, smallPhoto } from '../src/testkit.ts';

const hourMs = 3_600_000;
let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown();
});
afterAll(() => town.close());

const record = (id: string) => town.rt.system('test', (tx) => findRecord(tx, id));
/** Moves as this login, knowing the present version. */
async function move(login: string, id: string, body: Record<string, unknown> & { move: MoveBody['move'] }) {
  const { version } = await record(id);
  return town.rt.tx(town.as(login), (tx) => moveIncident(tx, id, { version, ...body } as MoveBody));
}
async function residentReport(phone?: string): Promise<string> {
  const { id } = await town.rt.system('portal', (tx) =>
    reportIncident(tx, `resident:${newId()}`, {
      categoryCode: 'service.errand',
      description: '请帮忙取快递',
      areaId: town.grids[0].id,
      reporterPhone: phone,
    }),
  );
  return id;
}
async function respondedIncident(): Promise<string> {
  const { id } = await town.report({ categoryCode: 'service.errand', selfHandled: true });
  return id;
}
async function closedIncident(): Promise<string> {
  const id = await respondedIncident();
  await move('dispatcher', id, { move: 'close' });
  return id;
}

/** Objected to, done again by somebody else and closed for the second time. */
async function closeAgain(id: string, phone: string): Promise<void> {
  const parties = (openOrders: number) =>
    town.rt.system('test', (tx) => setParties(tx, id, { assigneeIds: [], departmentIds: [], openOrders }));
  await town.rt.system('portal', (tx) =>
    moveIncident(
      tx,
      id,
      { move: 'ask-reopen', version: 0, reason: '又堆起来了' },
      { hats: ['reporter'], anyVersion: true, personKey: phoneKey(tx, phone) },
    ),
  );
  await parties(1);
  await move('dispatcher', id, { move: 'grant-reopen', reason: '确实没有做完' });
  town.clock.advance(hourMs);
  await parties(0);
  await town.rt.system('test', (tx) => systemMove(tx, id, 'respond', { respondedOrders: 1 }));
  await move('dispatcher', id, { move: 'close' });
}

describe('a move', () => {
  it('goes along the table and is written down', async () => {
    const id = await residentReport();
    await move('dispatcher', id, { move: 'accept' });
    await move('dispatcher', id, { move: 'register', severity: 'urgent' });
    const incident = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
    expect(incident).toMatchObject({ state: 'registered', severity: 'urgent' });
    expect(incident.timeline.map((e) => [e.move, e.actorName])).toEqual([
      ['report', '居民'],
      ['accept', 'dispatcher'],
      // Registered as more urgent than its category is.
      ['clock:severity', 'dispatcher'],
      ['register', 'dispatcher'],
    ]);
  });

  it('by somebody without the hat is forbidden, by somebody out of reach not found', async () => {
    const id = await residentReport();
    await expect(move('head', id, { move: 'accept' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(move('neighbour', id, { move: 'accept' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(move('volunteer', id, { move: 'accept' })).rejects.toMatchObject({ code: 'not-found' });
    await expect(move('admin', id, { move: 'accept' })).rejects.toMatchObject({ code: 'not-found' });
    expect((await record(id)).state).toBe('reported');
  });

  it('on a stale version says who was faster', async () => {
    const id = await residentReport();
    const { version } = await record(id);
    await move('dispatcher2', id, { move: 'accept' });
    await expect(
      town.rt.tx(town.as('dispatcher'), (tx) => moveIncident(tx, id, { move: 'reject', version, reason: '重复' })),
    ).rejects.toMatchObject({
      code: 'stale-edit',
      details: { current: version + 1, changedBy: 'dispatcher2', state: 'accepted' },
    });
  });

  it('of two at once only one goes through', async () => {
    const id = await residentReport();
    const { version } = await record(id);
    const tries = await Promise.allSettled(
      ['dispatcher', 'dispatcher2'].map((login) =>
        town.rt.tx(town.as(login), (tx) => moveIncident(tx, id, { move: 'accept', version })),
      ),
    );
    expect(tries.map((t) => t.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });

  it('sent again answers the present state', async () => {
    const id = await residentReport();
    const { version } = await record(id);
    const clientKey = newId();
    const once = () =>
      town.rt.tx(town.as('dispatcher'), (tx) => moveIncident(tx, id, { move: 'accept', version, clientKey }));
    expect(await once()).toMatchObject({ state: 'accepted', replayed: false });
    await move('dispatcher', id, { move: 'register' });
    expect(await once()).toMatchObject({ state: 'registered', replayed: true });
  });

  it('outside the table names the state', async () => {
    const id = await residentReport();
    await expect(move('dispatcher', id, { move: 'close' })).rejects.toMatchObject({
      code: 'move-not-allowed',
      details: { state: 'reported', move: 'close' },
    });
  });
});

describe('closing', () => {
  it('is for a verifier who did not handle it', async () => {
    const { id } = await town.report({ categoryCode: 'service.errand', selfHandled: true, as: town.as('head') });
    await expect(move('head', id, { move: 'close' })).rejects.toMatchObject({
      code: 'guard-failed',
      details: { guard: 'verifier-is-not-handler' },
    });
    await move('leader', id, { move: 'close' });
    expect((await record(id)).state).toBe('closed');
  });

  it('needs proof where the category asks for it', async () => {
    const { id } = await town.report({ categoryCode: 'environment.rubbish', selfHandled: true });
    await expect(move('dispatcher', id, { move: 'close' })).rejects.toMatchObject({
      details: { guard: 'proof-present' },
    });
  });

  it('needs a proof from the app’s camera where the category asks for that; the clock does not close it either', async () => {
    const code = 'publicity.water';
    const word = { atMs: town.clock.nowMs(), offsetMs: 0, place: null };
    const photo = async (how: 'camera' | 'gallery') =>
      (await storePhoto(town.rt, town.as('member'), smallPhoto, { ...word, how })).fileId;
    const settled = async (how: 'camera' | 'gallery') =>
      town.report({ categoryCode: code, selfHandled: true, photoIds: [await photo(how)] });
    const album = await settled('gallery');
    await expect(move('dispatcher', album.id, { move: 'close' })).rejects.toMatchObject({
      code: 'proof-not-in-app',
      details: { guard: 'proof-in-app' },
    });
    const seen = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, album.id));
    expect(seen.moves).toContain('rework');
    expect(seen.moves).not.toContain('close');
    const camera = await settled('camera');
    await town.owner.query('update incidents_categories set auto_close_min = 1 where code = $1', [code]);
    town.clock.advance(2 * 60_000);
    // One at a time: the one that stays is read first, and does not keep the other from its turn.
    await closeByClock(town.rt, 1);
    await town.owner.query('update incidents_categories set auto_close_min = null where code = $1', [code]);
    expect((await record(album.id)).state).toBe('responded');
    expect((await record(camera.id)).state).toBe('closed');
  });

  it('waits while a required order is open', async () => {
    const id = await respondedIncident();
    await town.rt.system('test', (tx) =>
      setParties(tx, id, { assigneeIds: [], departmentIds: [], openOrders: 1, openRequiredOrders: 1 }),
    );
    await expect(move('dispatcher', id, { move: 'close' })).rejects.toMatchObject({
      details: { guard: 'no-required-order-open' },
    });
  });

  it('by the platform happens only where the category allows it and time has passed', async () => {
    const id = await respondedIncident();
    const close = () => town.rt.system('test', (tx) => systemMove(tx, id, 'close'));
    await expect(close()).rejects.toMatchObject({ code: 'guard-failed' });
    await town.owner.query("update incidents_categories set auto_close_min = 60 where code = 'service.errand'");
    await expect(close()).rejects.toMatchObject({ code: 'guard-failed' });
    town.clock.advance(61 * 60_000);
    await expect(close()).resolves.toMatchObject({ state: 'closed' });
    await town.owner.query("update incidents_categories set auto_close_min = null where code = 'service.errand'");
  });
});

describe('the clock', () => {
  it('stops with the response and goes on with the rework, with what was left', async () => {
    const id = await respondedIncident();
    const before = await record(id);
    town.clock.advance(5 * hourMs);
    await move('dispatcher', id, { move: 'rework', reason: '没有清理干净' });
    const after = await record(id);
    expect(after.state).toBe('handling');
    expect(after.stoppedMs).toBeNull();
    expect(after.deadlineMs).toBe((before.deadlineMs ?? 0) + 5 * hourMs);
  });

  it('is recomputed from the same start when severity or category change', async () => {
    const { id } = await town.report({ categoryCode: 'dispute.land' });
    const first = await record(id);
    town.clock.advance(hourMs);
    await move('leader', id, { move: 'raise-severity', severity: 'emergency', reason: '有人受伤' });
    expect((await record(id)).deadlineMs).toBe(first.reportedMs + 2 * hourMs);
    await move('dispatcher', id, { move: 'change-category', categoryCode: 'hazard.electric', reason: '是电线' });
    const last = await record(id);
    expect(last).toMatchObject({ categoryCode: 'hazard.electric', severity: 'emergency' });
    expect(last.deadlineMs).toBe(first.reportedMs + 2 * hourMs);
    await expect(move('leader', id, { move: 'raise-severity', severity: 'urgent', reason: 'x' })).rejects.toMatchObject(
      { details: { guard: 'severity-higher' } },
    );
  });
});

describe('merging', () => {
  it('moves clock and reporters to the target and gives them back', async () => {
    const { id: source } = await town.report({ categoryCode: 'hazard.water' });
    const { id: target } = await town.report({ categoryCode: 'patrol.river' });
    const before = { source: await record(source), target: await record(target) };
    await move('dispatcher', source, { move: 'merge', targetId: target, reason: '同一件事' });
    expect(await record(source)).toMatchObject({ state: 'merged', mergedInto: target, stateBefore: 'registered' });
    expect((await record(source)).stoppedMs).not.toBeNull();
    expect(await record(target)).toMatchObject({ reporterCount: 2, deadlineMs: before.source.deadlineMs });

    await move('dispatcher', source, { move: 'unmerge', reason: '不是一件事' });
    expect(await record(source)).toMatchObject({
      state: 'registered',
      mergedInto: null,
      stoppedMs: null,
      deadlineMs: before.source.deadlineMs,
    });
    expect(await record(target)).toMatchObject({
      reporterCount: 1,
      deadlineMs: before.target.deadlineMs,
      warnMs: before.target.warnMs,
    });
  });

  it('refuses itself, a closed target and an unknown one', async () => {
    const { id } = await town.report();
    const closed = await closedIncident();
    await expect(move('dispatcher', id, { move: 'merge', targetId: id, reason: 'x' })).rejects.toMatchObject({
      details: { guard: 'no-cycle' },
    });
    await expect(move('dispatcher', id, { move: 'merge', targetId: closed, reason: 'x' })).rejects.toMatchObject({
      details: { guard: 'target-open' },
    });
    await expect(move('dispatcher', id, { move: 'merge', targetId: newId(), reason: 'x' })).rejects.toMatchObject({
      code: 'not-found',
      field: 'targetId',
    });
  });

  it('two ways at once ends with one merge', async () => {
    const [a, b] = [await town.report(), await town.report()];
    const tries = await Promise.allSettled([
      move('dispatcher', a.id, { move: 'merge', targetId: b.id, reason: 'x' }),
      move('dispatcher2', b.id, { move: 'merge', targetId: a.id, reason: 'x' }),
    ]);
    expect(tries.map((t) => t.status).toSorted()).toEqual(['fulfilled', 'rejected']);
  });
});

describe('a resident with a receipt', () => {
  const asReporter = (phone?: string): MoveFacts => ({
    hats: ['reporter'],
    anyVersion: true,
    ...(phone === undefined ? {} : { personKey: `phone:${phone}` }),
  });
  const receipt = (id: string) =>
    town.rt.system('portal', (tx) => incidentForReceipt(tx, { token: receiptToken(town.rt, id) }));

  it('finds the report by token or by number and telephone, and nothing by a wrong one', async () => {
    const id = await residentReport('138 0000 0002');
    const view = await receipt(id);
    expect(view).toMatchObject({ id, state: 'reported', canWithdraw: true, canRate: false, canObject: false });
    const byPhone = await town.rt.system('portal', (tx) =>
      incidentForReceipt(tx, { number: view?.number ?? '', phone: '+86-13800000002' }),
    );
    expect(byPhone?.id).toBe(id);
    await expect(
      town.rt.system('portal', (tx) => incidentForReceipt(tx, { number: view?.number ?? '', phone: '13800000003' })),
    ).resolves.toBeNull();
    await expect(
      town.rt.system('portal', (tx) => incidentForReceipt(tx, { token: 'A'.repeat(22) })),
    ).resolves.toBeNull();
  });

  it('withdraws while nobody registered it', async () => {
    const id = await residentReport();
    await town.rt.system('portal', (tx) =>
      moveIncident(tx, id, { move: 'withdraw', version: 0, reason: '已解决' }, asReporter()),
    );
    const incident = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
    expect(incident.timeline.at(-1)).toMatchObject({ move: 'withdraw', actorName: '居民' });
  });

  it('rates once, after closing', async () => {
    const id = await closedIncident();
    const rate = () =>
      town.rt.system('portal', (tx) => rateIncident(tx, id, { response: 5, resolved: true, satisfied: 4, text: null }));
    await rate();
    await expect(rate()).rejects.toMatchObject({ code: 'already-exists' });
    expect(await receipt(id)).toMatchObject({ rating: { response: 5 }, canRate: false, canObject: true });
  });

  it('rates once more after it was done again; the newest counts, the former one stays', async () => {
    const id = await closedIncident();
    const rate = (satisfied: number) =>
      town.rt.system('portal', (tx) =>
        rateIncident(tx, id, { response: 2, resolved: satisfied > 3, satisfied, text: null }),
      );
    await rate(1);
    const ratedMs = town.clock.nowMs();
    town.clock.advance(hourMs);
    await closeAgain(id, '13800000014');
    expect(await receipt(id)).toMatchObject({ rating: { satisfied: 1 }, canRate: true });
    const [one, two] = await Promise.allSettled([rate(5), rate(4)]);
    expect([one.status, two.status].toSorted()).toEqual(['fulfilled', 'rejected']);
    await expect(rate(3)).rejects.toMatchObject({ code: 'already-exists' });
    const incident = await town.rt.tx(town.as('dispatcher'), (tx) => readIncident(tx, id));
    expect(incident.rating?.satisfied).toBeGreaterThan(3);
    expect(incident.formerRatings).toEqual([{ atMs: ratedMs, response: 2, resolved: false, satisfied: 1, text: null }]);
    expect(await receipt(id)).toMatchObject({ canRate: false });
  });

  it('objects once, within 15 days; refusing leads back to closed', async () => {
    const id = await closedIncident();
    const object = (phone: string) =>
      town.rt.system('portal', (tx) =>
        moveIncident(
          tx,
          id,
          { move: 'ask-reopen', version: 0, reason: '还是没修好' },
          { ...asReporter(), personKey: phoneKey(tx, phone) },
        ),
      );
    await object('13800000004');
    expect((await record(id)).state).toBe('reopen-requested');
    await move('dispatcher', id, { move: 'refuse-reopen', reason: '已现场核实' });
    expect(await record(id)).toMatchObject({ state: 'closed' });
    await expect(object('13800000004')).rejects.toMatchObject({ details: { guard: 'once-per-person' } });
    town.clock.advance(16 * 24 * hourMs);
    await expect(object('13800000005')).rejects.toMatchObject({ details: { guard: 'within-15-days' } });
  });

  it('cannot be granted a reopening that nobody takes an order for', async () => {
    const id = await closedIncident();
    await town.rt.tx(town.as('member'), (tx) =>
      moveIncident(tx, id, { move: 'ask-reopen', reason: '又堆了', version: 0 }, { anyVersion: true }),
    );
    await expect(move('dispatcher', id, { move: 'grant-reopen', reason: '同意' })).rejects.toMatchObject({
      details: { guard: 'new-order' },
    });
    expect((await record(id)).state).toBe('reopen-requested');
  });
});

describe('a corrected place', () => {
  it('moves responsibility and keeps where it was reported', async () => {
    const { id } = await town.report();
    const place = areaIndex(town.rt).children(town.grids[2].id)[0]?.center ?? { lon: 0, lat: 0 };
    await move('dispatcher', id, { move: 'change-place', place, reason: '地点有误' });
    const after = await record(id);
    expect(after.path.startsWith(town.grids[2].path)).toBe(true);
    expect(after.reportedAreaId).toBe(town.grids[0].id);
    // Its reporter still sees it, the grid's head no longer does.
    await expect(town.rt.tx(town.as('member'), (tx) => readIncident(tx, id))).resolves.toBeDefined();
    await expect(town.rt.tx(town.as('head'), (tx) => readIncident(tx, id))).rejects.toMatchObject({
      code: 'not-found',
    });
  });
});

describe('the clocks’ turning', () => {
  it('is announced once for the warning and once for the end', async () => {
    const told = async (id: string) => {
      const rows = await town.owner.query(
        "select count(*)::int as n from kernel_outbox where subject_id = $1 and payload->>'move' = 'clock'",
        [id],
      );
      return rows.rows[0].n as number;
    };
    const { keepClocks } = await import('../src/clocks/keep-clocks.ts');
    const { id } = await town.report({ categoryCode: 'hazard.water' });
    await keepClocks(town.rt);
    expect(await told(id)).toBe(0);
    town.clock.advance(100 * 60_000);
    await keepClocks(town.rt);
    await keepClocks(town.rt);
    expect(await told(id)).toBe(1);
    town.clock.advance(30 * 60_000);
    await keepClocks(town.rt);
    await keepClocks(town.rt);
    expect(await told(id)).toBe(2);
    const mark = await town.rt.system('test', (tx) => readIncident(tx, id));
    expect(mark.clock).toBe('overdue');
  });
});

describe('history', () => {
  it('goes into partitions by month, also what came before its partition', async () => {
    const { id } = await town.report();
    await town.rt.system('test', (tx) =>
      tx.run(sql`select incidents_history_month(${new Date(town.clock.nowMs())}::timestamptz)`),
    );
    const rows = await town.owner.query(
      'select distinct tableoid::regclass::text as name from incidents_history where incident_id = $1',
      [id],
    );
    expect(rows.rows).toEqual([{ name: expect.stringMatching(/^incidents_history_2026\d\d$/) }]);
    await expect(
      town.owner.query("update incidents_history set reason = 'x' where incident_id = $1", [id]),
    ).rejects.toThrow('append-only');
  });
});
