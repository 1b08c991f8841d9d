/** Rules of the town's own: in force from the report on, tried before they are saved, warned about. */
import { newId } from '@wangge/contract-kit';
import { moveIncident, readIncident, reportIncident, type ReportInput, findRecord } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { seat, type Seat } from '@wangge/staff/testkit';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Rule, RuleBookView } from '../src/contract.ts';
import { readRuleBook, saveRuleBook } from '../src/actions/edit-rules.ts';
import { listCandidates, listOrders } from '../src/actions/read-orders.ts';
import { tryRuleList } from '../src/actions/try-rules.ts';
import { dispatch, dispatchIncident } from '../src/index.ts';

let town: IncidentTown;
let helper: Seat;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], {
    accounts: ['dispatcher', 'dispatcher2', 'leader', 'head', 'member', 'neighbour', 'handler', 'fireman'],
  });
  helper = await seat(town.rt, [{ role: 'volunteer', area: town.grids[0] }], '专人');
});
afterAll(() => town.close());

const department = (code: string, required = true) =>
  ({ kind: 'department', id: town.departments.get(code) ?? '', required }) as const;
function rule(when: Partial<Rule['when']> = {}, more: Partial<Rule> = {}): Rule {
  return {
    id: newId(),
    name: '夜间噪声',
    enabled: true,
    when: { categoryCodes: [], areaIds: [], sources: [], days: 'any', hours: null, words: [], ...when },
    parties: [department('yjb')],
    severity: null,
    ...more,
  };
}
const as = <T>(login: string, fn: Parameters<typeof town.rt.tx<T>>[1]) => town.rt.tx(town.as(login), fn);
async function save(rules: Rule[], more: { withWarnings?: boolean; version?: number; login?: string } = {}) {
  const { version } = await as('dispatcher', readRuleBook);
  return as<RuleBookView>(more.login ?? 'dispatcher', (tx) =>
    saveRuleBook(tx, { version: more.version ?? version, rules, withWarnings: more.withWarnings ?? false }),
  );
}
beforeEach(() => save([]));

const orders = (id: string) => as('dispatcher', (tx) => listOrders(tx, id));
const parties = async (id: string) => (await orders(id)).map((o) => [o.party.id, o.required]);
const timeline = async (id: string) =>
  (await as('dispatcher', (tx) => readIncident(tx, id))).timeline.map((e) => [e.move, e.reason]);
const fromResident = (more: Partial<ReportInput> = {}) =>
  town.rt.system('portal', (tx) =>
    reportIncident(tx, `resident:${newId()}`, {
      categoryCode: 'environment.noise',
      description: '夜间施工噪声',
      areaId: town.grids[0].id,
      ...more,
    }),
  );

describe('a report', () => {
  it('that no rule matches waits for the desk, as before', async () => {
    await save([rule({ words: ['塌方'] })]);
    const { id } = await town.report();
    expect(await orders(id)).toEqual([]);
  });

  it('of a member goes to the rule’s parties at once, and the timeline says by which rule', async () => {
    await save([
      rule({ words: ['塌方'] }),
      rule(
        { categoryCodes: ['environment'], words: ['噪声'] },
        { parties: [department('yjb'), { kind: 'own-member', required: false }] },
      ),
    ]);
    const { id } = await town.report({ categoryCode: 'environment.noise', description: '夜间施工噪声扰民' });
    expect(await parties(id)).toEqual([
      [town.departments.get('yjb'), true],
      [town.as('member').id, false],
    ]);
    expect(await timeline(id)).toContainEqual(['rule:offer', '规则 2“夜间噪声”']);
  });

  it('of a resident waits for its acceptance; registered by hand it goes by the rule', async () => {
    await save([rule({ words: ['噪声'] })]);
    const { id } = await fromResident();
    expect(await orders(id)).toEqual([]);
    await as('dispatcher', (tx) => moveIncident(tx, id, { move: 'accept', version: 1 }));
    await as('dispatcher', (tx) => moveIncident(tx, id, { move: 'register', version: 2 }));
    expect(await parties(id)).toEqual([[town.departments.get('yjb'), true]]);
  });

  it('that somebody dispatches with one click goes by the rule; their own choice goes before it', async () => {
    await save([rule({ words: ['噪声'] })]);
    const [first, second] = [await fromResident(), await fromResident({ description: '又是噪声' })];
    await as('dispatcher', (tx) => dispatchIncident(tx, first.id, { version: 1 }));
    expect(await parties(first.id)).toEqual([[town.departments.get('yjb'), true]]);
    expect((await timeline(first.id)).map(([move]) => move)).toEqual([
      'report',
      'accept',
      'register',
      'rule:offer',
      'order:offer',
    ]);
    const own = { kind: 'account', id: town.as('head').id ?? '' } as const;
    await as('dispatcher', (tx) => dispatchIncident(tx, second.id, { version: 1, parties: [own] }));
    expect(await parties(second.id)).toEqual([[own.id, true]]);
  });

  it('is raised by a rule, never lowered, and keeps its parties where the rule names none', async () => {
    await save([rule({ words: ['噪声'] }, { parties: [], severity: 'urgent' })]);
    const { id } = await fromResident();
    expect(await town.rt.system('test', (tx) => findRecord(tx, id))).toMatchObject({ severity: 'urgent' });
    expect(await timeline(id)).toContainEqual(['raise-severity', '规则 1“夜间噪声”']);
    const higher = await fromResident({ severity: 'emergency', description: '另一处噪声' });
    expect(await town.rt.system('test', (tx) => findRecord(tx, higher.id))).toMatchObject({ severity: 'emergency' });
  });

  it('stands where the rule fails: it is left to the desk, and says so', async () => {
    await save([rule({ words: ['噪声'] }, { severity: 'urgent' })]);
    const told = async () =>
      (await town.owner.query("select 1 from graphile_worker.jobs where task_identifier = 'dispatch.tell-party'"))
        .rowCount;
    const before = await told();
    await town.owner.query(`create function test_refuse() returns trigger language plpgsql as
      $$ begin raise exception 'no orders today'; end $$`);
    await town.owner.query(
      'create trigger test_refuse before insert on dispatch_orders execute function test_refuse()',
    );
    const { id } = await town.report({ categoryCode: 'environment.noise', description: '半夜的噪声' });
    const resident = await fromResident({ description: '另一处半夜的噪声' });
    await as('dispatcher', (tx) => moveIncident(tx, resident.id, { move: 'accept', version: 0 }, { anyVersion: true }));
    await as('dispatcher', (tx) =>
      moveIncident(tx, resident.id, { move: 'register', version: 0 }, { anyVersion: true }),
    );
    await town.owner.query('drop trigger test_refuse on dispatch_orders');
    for (const each of [id, resident.id]) {
      expect(await orders(each)).toEqual([]);
      const moves = await timeline(each);
      expect(moves).toContainEqual(['order:to-desk', '派单规则执行出错，请人工派遣']);
      expect(moves.map(([move]) => move)).not.toContain('rule:offer');
    }
    // Nothing of what the rule began is left: neither the severity that it raised nor a job for an order.
    expect(await town.rt.system('test', (tx) => findRecord(tx, id))).toMatchObject({
      state: 'registered',
      severity: 'ordinary',
    });
    expect(await told()).toBe(before);
  });

  it('is judged by the town’s clock and working calendar at its time', async () => {
    const night = { hours: { fromMin: 22 * 60, toMin: 6 * 60 } };
    await save([rule({ ...night, days: 'working' })]);
    // Monday 09:00, then Monday 23:30, then Sunday 23:30 in town.
    const at = async (ms: number) => {
      town.clock.set(ms);
      return orders((await town.report({ description: `第 ${ms} 号` })).id);
    };
    const begin = town.clock.nowMs();
    expect(await at(Date.UTC(2026, 10, 2, 1))).toHaveLength(0);
    expect(await at(Date.UTC(2026, 10, 2, 15, 30))).toHaveLength(1);
    expect(await at(Date.UTC(2026, 10, 8, 15, 30))).toHaveLength(0);
    town.clock.set(begin);
  });

  it('goes by the default where nobody whom the rule names can receive it', async () => {
    const gone = newId();
    await save([rule({}, { parties: [{ kind: 'account', id: gone, required: true }] })], { withWarnings: true });
    const { id } = await town.report({ categoryCode: 'patrol.stall' });
    expect(await parties(id)).toEqual([
      [town.as('member').id, true],
      [town.departments.get('cgd'), false],
    ]);
    expect((await timeline(id)).find(([move]) => move === 'rule:offer')?.[1]).toContain('按默认派单');
  });

  it('goes to a person named, unless they are away', async () => {
    await save([
      rule(
        {},
        {
          parties: [
            { kind: 'account', id: helper.id, required: true },
            { kind: 'own-member', required: false },
          ],
        },
      ),
    ]);
    expect((await parties((await town.report()).id))[0]).toEqual([helper.id, true]);
    await town.owner.query(
      `insert into staff_leaves values ($1, to_timestamp($2 / 1000.0) - interval '1 day', to_timestamp($2 / 1000.0) + interval '1 day')`,
      [helper.id, town.clock.nowMs()],
    );
    // What the absent one had to answer passes to the one who is there.
    expect(await parties((await town.report()).id)).toEqual([[town.as('member').id, true]]);
    await town.owner.query('delete from staff_leaves');
  });

  it('loaded as history, or settled on the spot, goes by no rule', async () => {
    await save([rule()]);
    expect(await orders((await town.report({ quiet: true })).id)).toEqual([]);
    const done = await town.report({ categoryCode: 'service.errand', selfHandled: true });
    expect(await orders(done.id)).toEqual([]);
  });

  it('of many at once goes by the rule as each alone would', async () => {
    await save([rule({ words: ['噪声'] })]);
    const made = await Promise.all(
      Array.from({ length: 24 }, (_, i) => town.report({ description: i % 2 === 0 ? `噪声 ${i}` : `路灯 ${i}` })),
    );
    const counts = await Promise.all(made.map(async ({ id }) => (await orders(id)).length));
    expect(counts).toEqual(made.map((_, i) => (i % 2 === 0 ? 1 : 0)));
  });

  it('shows the rule’s parties as the suggested candidates', async () => {
    await save([rule({ words: ['噪声'] })]);
    const { id } = await fromResident();
    const candidates = await as('dispatcher', (tx) => listCandidates(tx, id));
    expect(candidates.filter((c) => c.suggested).map((c) => c.party.id)).toEqual([town.departments.get('yjb')]);
    expect(candidates[0]?.party.id).toBe(town.departments.get('yjb'));
  });
});

describe('saving', () => {
  it('tells the second of two who save upon the same version', async () => {
    const { version } = await save([rule()]);
    await save([rule({ words: ['甲'] })], { version });
    await expect(save([rule({ words: ['乙'] })], { version, login: 'leader' })).rejects.toMatchObject({
      code: 'stale-edit',
    });
    const both = await Promise.allSettled(
      ['dispatcher', 'leader'].map((login) => save([rule({ words: [login] })], { version: version + 1, login })),
    );
    expect(both.map((b) => b.status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(both.find((b) => b.status === 'rejected')).toMatchObject({ reason: { code: 'stale-edit' } });
  });

  it('is in the audit with what came, went and moved', async () => {
    const [a, b] = [rule({ words: ['甲'] }, { name: '甲' }), rule({ words: ['乙'] }, { name: '乙' })];
    await save([a, b]);
    await save([b, rule({ words: ['丙'] }, { name: '丙' })]);
    const { rows } = await town.owner.query<{ details: Record<string, unknown> }>(
      `select details from kernel_audit where action = 'dispatch.save-rules' order by seq desc limit 1`,
    );
    expect(rows[0]?.details).toMatchObject({ added: ['2 丙'], removed: ['1 甲'], moved: ['1 乙'], changed: [] });
  });

  it('refuses a rule that never matches until somebody means it, and says why', async () => {
    const never = [rule(), rule({ words: ['噪声'] })];
    const refused = await save(never).catch((error: unknown) => error);
    expect(refused).toMatchObject({ code: 'guard-failed', details: { guard: 'rule-never-matches' } });
    const saved = await save(never, { withWarnings: true });
    expect(saved.warnings).toMatchObject([{ ruleId: never[1]?.id, kind: 'shadowed', never: true }]);
    // Disabled ones harm nobody.
    await expect(save([rule(), rule({}, { enabled: false })])).resolves.toBeDefined();
  });

  it('warns of what is closed, unknown, empty or contradictory', async () => {
    await town.owner.query(`update incidents_categories set active = false where code = 'patrol.lamp'`);
    const empty = town.grids[2];
    const odd = [
      rule({ categoryCodes: ['patrol.lamp'] }, { name: 'closed' }),
      rule({ categoryCodes: ['no-such'] }, { name: 'unknown' }),
      rule({ areaIds: [newId()] }, { name: 'area' }),
      rule({ words: ['a'] }, { name: 'people', parties: [department('xcb')] }),
      rule({ words: ['b'] }, { name: 'nowhere', parties: [{ kind: 'department', id: newId(), required: true }] }),
      rule({ words: ['c'] }, { name: 'person', parties: [{ kind: 'account', id: newId(), required: true }] }),
      rule({ areaIds: [empty.id] }, { name: 'own', parties: [{ kind: 'own-member', required: true }] }),
      rule({ categoryCodes: ['patrol.stall'], sources: ['resident'] }, { name: 'source' }),
    ];
    await town.owner.query(`update incidents_categories set public = false where code = 'patrol.stall'`);
    const { warnings } = await save(odd, { withWarnings: true });
    const of = (name: string) =>
      warnings.filter((w) => w.ruleId === odd.find((r) => r.name === name)?.id).map((w) => [w.kind, w.never]);
    expect(of('closed')).toEqual([['closed-category', true]]);
    expect(of('unknown')).toEqual([['unknown-category', true]]);
    expect(of('area')).toEqual([['unknown-area', true]]);
    expect(of('people')).toEqual([
      ['department-without-people', false],
      ['nobody-required', false],
    ]);
    expect(of('nowhere')[0]).toEqual(['unknown-department', false]);
    expect(of('person')[0]).toEqual(['unknown-account', false]);
    expect(of('own')).toEqual([['area-without-member', false]]);
    expect(of('source')).toEqual([['contradictory', true]]);
    await town.owner.query(`update incidents_categories set active = true where code = 'patrol.lamp'`);
    await town.owner.query(`update incidents_categories set public = true where code = 'patrol.stall'`);
  });

  it('is for dispatchers and leaders', async () => {
    await expect(save([], { login: 'member' })).rejects.toMatchObject({ code: 'forbidden' });
    await expect(as('admin', (tx) => tryRuleList(tx, []))).rejects.toMatchObject({ code: 'forbidden' });
  });
});

describe('trying', () => {
  it('says which past incidents would have gone elsewhere, and changes nothing', async () => {
    const stay = await town.report({ categoryCode: 'patrol.stall', description: '试一试：原样' });
    const go = await town.report({ categoryCode: 'patrol.stall', description: '试一试：改派' });
    const waiting = await town.report({ categoryCode: 'patrol.stall', description: '试一试：改派，未派' });
    for (const { id } of [stay, go]) {
      const { version } = await town.rt.system('test', (tx) => findRecord(tx, id));
      await as('dispatcher', (tx) => dispatchIncident(tx, id, { version }));
    }
    const as1 = rule(
      { words: ['原样'] },
      { parties: [{ kind: 'own-member', required: true }, department('cgd', false)] },
    );
    const as2 = rule({ words: ['改派'] }, { name: '改派' });
    const before = await town.owner.query('select count(*) from dispatch_orders');
    const trial = await as('dispatcher', (tx) => tryRuleList(tx, [as1, as2]));
    expect((await town.owner.query('select count(*) from dispatch_orders')).rows).toEqual(before.rows);
    expect(trial.decided).toEqual([
      { ruleId: as1.id, n: 1, elsewhere: 0 },
      { ruleId: as2.id, n: 2, elsewhere: 2 },
    ]);
    expect(trial.items.map((i) => [i.number, i.from, i.to])).toEqual([
      [waiting.number, [], ['应急管理办公室']],
      [go.number, ['own-member', '城市管理执法队'], ['应急管理办公室']],
    ]);
    expect(trial.counts).toEqual(
      expect.arrayContaining([
        { from: [], to: ['应急管理办公室'], n: 1 },
        { from: ['own-member', '城市管理执法队'], to: ['应急管理办公室'], n: 1 },
      ]),
    );
  });

  it('looks only at incidents of the own areas, of the last 90 days', async () => {
    const all = await as('dispatcher', (tx) => tryRuleList(tx, [rule()]));
    expect(all.looked).toBeGreaterThan(0);
    const other = await seat(town.rt, [{ role: 'dispatcher', area: town.grids[2] }]);
    expect((await town.rt.tx(other.actor, (tx) => tryRuleList(tx, [rule()]))).looked).toBe(0);
    const now = town.clock.nowMs();
    town.clock.advance(100 * 86_400_000);
    expect((await as('dispatcher', (tx) => tryRuleList(tx, [rule()]))).looked).toBe(0);
    town.clock.set(now);
  });
});
