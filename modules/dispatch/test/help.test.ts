/** Calling for help: who is told, once for each tap, who comes, and who saw where somebody was. */
import { newId, type Role, roleNames } from '@wangge/contract-kit';
import { readIncident } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerByMessage, answerHelp, askHelp, type HelpCall } from '../src/help/ask-help.ts';
import { listHelps } from '../src/help/read-helps.ts';
import { callsAtMost, callsWithinMs, helpersFor, waitS } from '../src/help/rules.ts';
import { findHelp, forgetHelpPlaces } from '../src/help/store.ts';
import { dispatch } from '../src/index.ts';

describe('who is told', () => {
  const member = fc.record({
    accountId: fc.constantFrom('a', 'b', 'c', 'd', 'e'),
    name: fc.constant('某'),
    role: fc.constantFrom<Role>(...roleNames),
    areaPath: fc.constantFrom('t/', 't/v/', 't/v/g/', 't/v/g/m/', 't/v/h/'),
    onDuty: fc.boolean(),
    onLeave: fc.boolean(),
  });
  it('is every head of the grid that is here, and the desk; each once, never who calls, nobody from elsewhere', () => {
    fc.assert(
      fc.property(fc.array(member, { maxLength: 8 }), (members) => {
        const told = helpersFor(members, 't/v/g/m/', 'a');
        const ids = told.map((m) => m.accountId);
        expect(new Set(ids).size).toBe(ids.length);
        expect(ids).not.toContain('a');
        expect(told.every((m) => 't/v/g/m/'.startsWith(m.areaPath))).toBe(true);
        const covering = members.filter((m) => m.accountId !== 'a' && 't/v/g/m/'.startsWith(m.areaPath));
        const heads = covering.filter((m) => m.role === 'grid-head' && !m.onLeave);
        expect(ids).toEqual(expect.arrayContaining(heads.map((m) => m.accountId)));
        const desk = covering.filter((m) => m.role === 'dispatcher' && m.onDuty && !m.onLeave);
        expect(ids).toEqual(expect.arrayContaining(desk.map((m) => m.accountId)));
        // Wherever somebody could be told, somebody is.
        const anybody = covering.some((m) => ['grid-head', 'dispatcher', 'leader'].includes(m.role));
        expect(ids.length > 0).toBe(anybody);
      }),
    );
  });
  it('and how often: the wait is over when it says so', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 2 * callsWithinMs }), { maxLength: 12 }), (calls) => {
        const nowMs = 2 * callsWithinMs;
        const s = waitS(calls, nowMs);
        const recent = calls.filter((ms) => nowMs - ms < callsWithinMs).length;
        expect(s > 0).toBe(recent >= callsAtMost);
        expect(waitS(calls, nowMs + s * 1000)).toBe(0);
      }),
    );
  });
});

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], { accounts: ['dispatcher', 'leader', 'head', 'member', 'neighbour'] });
});
afterAll(() => town.close());

const here = { lon: 119.5, lat: 31.4, accuracyM: 12 };
const ask = (login: string, more: Partial<HelpCall> = {}) =>
  town.rt.tx(town.as(login), (tx) => askHelp(tx, { clientKey: newId(), placeAgeS: 0, ...more }));
const answer = (login: string, id: string) => town.rt.tx(town.as(login), (tx) => answerHelp(tx, id));
const helps = (login: string) => town.rt.tx(town.as(login), listHelps);
async function messages(login: string, id: string) {
  const { rows } = await town.owner.query<{ template: string; urgent: boolean; needs_ack: boolean }>(
    'select template, urgent, needs_ack from notify_messages where account_id = $1 and subject_id = $2 order by id',
    [town.as(login).id, id],
  );
  return rows;
}
const audits = async (action: string, id: string) =>
  (await town.owner.query('select 1 from kernel_audit where action = $1 and subject_id = $2', [action, id])).rowCount;
const timeline = async (id: string) => (await town.rt.system('test', (tx) => readIncident(tx, id))).timeline;

describe('a call for help', () => {
  it('at an incident tells head and desk with the position, stands in the timeline, and is taken once', async () => {
    const { id: incidentId } = await town.report({ as: town.as('member') });
    const id = newId();
    const call = { clientKey: id, incidentId, text: '有人持刀', place: here, placeAgeS: 90 };
    await Promise.all([ask('member', call), ask('member', call)]);
    await ask('member', call);
    for (const login of ['head', 'dispatcher']) {
      expect(await messages(login, id)).toEqual([{ template: 'help.asked', urgent: true, needs_ack: true }]);
    }
    expect(await messages('neighbour', id)).toEqual([]);
    const [line, ...more] = (await timeline(incidentId)).filter((e) => e.move === 'help:ask');
    expect(more).toEqual([]);
    expect(line).toMatchObject({ reason: '有人持刀；已附定位，误差约 12 米，2 分钟前', actorName: 'member' });
    const [seen] = await helps('dispatcher');
    expect(seen).toMatchObject({ id, place: here, mayAnswer: true, mine: false, answeredAtMs: null });
    expect(seen?.placedAtMs).toBe(town.clock.nowMs() - 90_000);
    await helps('dispatcher');
    expect(await audits('dispatch.ask-help', id)).toBe(1);
    // However often the page asks, a look is a look.
    expect(await audits('dispatch.see-help', id)).toBe(1);

    await expect(answer('member', id)).rejects.toMatchObject({ code: 'forbidden' });
    await Promise.all([answer('head', id), answer('dispatcher', id)]);
    const [mine] = await helps('member');
    expect(mine).toMatchObject({ id, mine: true, mayAnswer: false });
    expect(['head', 'dispatcher']).toContain(mine?.answeredByName);
    expect(await messages('member', id)).toMatchObject([{ template: 'help.answered' }]);
    expect((await timeline(incidentId)).filter((e) => e.move === 'help:answer')).toHaveLength(1);
  });

  it('without an incident goes by the own post; nobody else’s business', async () => {
    const id = newId();
    await ask('member', { clientKey: id });
    expect((await helps('head')).find((h) => h.id === id)).toMatchObject({ incident: null, place: null, text: '' });
    expect((await helps('neighbour')).map((h) => h.id)).not.toContain(id);
    await expect(ask('neighbour', { clientKey: id })).rejects.toMatchObject({ code: 'key-reused' });
    await expect(answer('neighbour', id)).rejects.toMatchObject({ code: 'not-found' });
    await town.rt.tx(town.as('neighbour'), (tx) => answerByMessage(tx, { kind: 'help', id }));
    expect((await helps('member')).find((h) => h.id === id)?.answeredAtMs).toBeNull();
    // Taking notice of the message is taking the call.
    await town.rt.tx(town.as('head'), (tx) => answerByMessage(tx, { kind: 'help', id }));
    expect((await helps('member')).find((h) => h.id === id)).toMatchObject({ answeredByName: 'head' });
  });

  it('gives the telephone of whoever calls to those who may come, and to nobody else', async () => {
    const caller = town.as('member').id ?? '';
    await town.owner.query('update staff_accounts set phone_sealed = $2 where id = $1', [
      caller,
      town.rt.keys.encrypt('staff-phone', '13800000007'),
    ]);
    const id = newId();
    await ask('member', { clientKey: id });
    const phoneFor = async (login: string) => (await helps(login)).find((h) => h.id === id)?.phone;
    expect([await phoneFor('head'), await phoneFor('dispatcher')]).toEqual(['13800000007', '13800000007']);
    expect(await phoneFor('member')).toBeNull();
    await answer('head', id);
    expect(await phoneFor('head')).toBe('13800000007');
    expect(await audits('dispatch.see-help', id)).toBe(2);
  });

  it('is remembered, and where it came from forgotten after thirty days', async () => {
    const id = newId();
    await ask('member', { clientKey: id, place: here });
    const forget = () => town.rt.system('test', forgetHelpPlaces);
    await forget();
    const kept = () => town.rt.system('test', (tx) => findHelp(tx, id));
    expect(await kept()).toMatchObject(here);
    town.clock.advance(31 * 86_400_000);
    expect(await forget()).toBeGreaterThan(0);
    expect(await kept()).toMatchObject({
      lon: null,
      lat: null,
      accuracyM: null,
      placedAtMs: null,
      accountName: 'member',
    });
  });

  it('that is made again and again is held back, also all at once', async () => {
    town.clock.advance(callsWithinMs);
    const made = await Promise.allSettled(Array.from({ length: callsAtMost + 3 }, () => ask('neighbour')));
    expect(made.filter((m) => m.status === 'fulfilled')).toHaveLength(callsAtMost);
    await expect(ask('neighbour')).rejects.toMatchObject({ code: 'rate-limited', details: { retryAfterS: 600 } });
    town.clock.advance(callsWithinMs);
    await ask('neighbour');
  });
});
