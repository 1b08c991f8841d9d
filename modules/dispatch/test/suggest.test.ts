/** Departments learned from who handled what, on a real database; and the marks they are learned by. */
import { newId } from '@wangge/contract-kit';
import { reportIncident } from '@wangge/incidents';
import { type IncidentTown, openIncidentTown } from '@wangge/incidents/testkit';
import { until } from '@wangge/kernel/testkit';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { suggestOwner } from '../src/actions/suggest-owner.ts';
import { dispatch } from '../src/index.ts';
import { hoursOfMark, ownerMarks } from '../src/suggest/marks.ts';
import { learnOwners } from '../src/suggest/owner-lesson.ts';
import { reasonsFor } from '../src/suggest/reasons.ts';

let town: IncidentTown;
beforeAll(async () => {
  town = await openIncidentTown([dispatch], { accounts: ['member'] });
});
afterAll(() => town.close());

const department = (code: string): string => town.departments.get(code) ?? '';

/** Closed, with one department's order as it was left. */
async function past(text: string, code: string, order: { state: string; how?: string } = { state: 'responded' }) {
  const { id } = await town.rt.system('test', (tx) =>
    reportIncident(tx, `resident:${newId()}`, {
      categoryCode: 'patrol.facility',
      description: text,
      areaId: town.grids[0].id,
      quiet: true,
    }),
  );
  await town.owner.query("update incidents_incidents set state = 'closed' where id = $1", [id]);
  await town.owner.query(
    `insert into dispatch_orders (id, incident_id, state, party_kind, party_id, party_name, required, offered_at,
       ended_how, updated_at) values ($1, $2, $3, 'department', $4, $5, false, now(), $6, now())`,
    [newId(), id, order.state, department(code), code, order.how ?? null],
  );
}
async function ask(text: string) {
  const { id } = await town.report({ description: text, categoryCode: 'patrol.facility', as: town.as('head') });
  return { id, ...(await town.rt.tx(town.as('dispatcher'), (tx) => suggestOwner(tx, id))) };
}

describe('the department', () => {
  it('is not guessed before anything was learned', async () => {
    expect(await ask('健身器材坏了')).toMatchObject({ basis: 'none', suggestions: [] });
  });

  it('is learned from who answered or stayed, not from who returned it', async () => {
    for (let i = 0; i < 30; i++) {
      await past(`健身器材坏了${'一二三四五'[i % 5]}`, 'gjb');
      await past(`路灯杆倒了${'一二三四五'[i % 5]}`, 'gds', { state: 'cancelled', how: 'closed' });
      await past(`健身器材坏了退回${'一二三四五'[i % 5]}`, 'cgd', { state: 'returned' });
    }
    await learnOwners(town.rt);
    const { suggestions, id } = await ask('小区健身器材坏了');
    expect(suggestions[0]).toMatchObject({ party: { kind: 'department', id: department('gjb') } });
    expect(suggestions[0]?.name).not.toBe('');
    expect(suggestions[0]?.reasons.map((r) => r.zh).join()).toMatch(/健身|器材/);
    expect(suggestions.some((one) => one.party.id === department('cgd'))).toBe(false);
    const other = await ask('路灯杆倒了');
    expect(other.suggestions[0]?.party.id).toBe(department('gds'));
    const stranger = town.rt.tx(town.as('neighbour'), (tx) => suggestOwner(tx, id));
    await expect(stranger).rejects.toMatchObject({ code: 'not-found' });
    const member = town.rt.tx(town.as('member'), (tx) => suggestOwner(tx, id));
    await expect(member).rejects.toMatchObject({ code: 'forbidden' });
  });

  it('is learned anew by the nightly job', async () => {
    const version = async (): Promise<unknown> =>
      (await town.owner.query("select version from incidents_lessons where subject = 'owner'")).rows[0];
    const before = await version();
    await town.startJobs();
    await town.rt.system('test', (tx) => Promise.resolve(tx.addJob('dispatch.learn-owners', {})));
    await until(async () => JSON.stringify(await version()) !== JSON.stringify(before), 'another lesson', 30_000);
    expect(await version()).not.toEqual(before);
  });
});

describe('marks', () => {
  const facts = { place: { lon: 118.31, lat: 32.29 }, source: 'member', categoryCode: 'patrol.lamp', areas: ['@1'] };

  it('tell place, time of the town, source and category', () => {
    // Friday 23:30 UTC is Saturday morning in town.
    const marks = ownerMarks({ ...facts, atMs: Date.UTC(2026, 10, 6, 23, 30) }, 'Asia/Shanghai');
    expect(marks).toEqual(
      expect.arrayContaining(['category:patrol.lamp', '@1', 'source:member', 'time:2', 'day:weekend']),
    );
    expect(marks.filter((mark) => mark.startsWith('cell:'))).toHaveLength(3);
  });

  it('can be read as reasons, each once', () => {
    const names = {
      area: () => '柳溪村',
      category: () => ({ zh: '路灯故障', en: 'Street lamp out' }),
      source: () => ({ zh: '网格员', en: 'Grid member' }),
    };
    fc.assert(
      fc.property(fc.date({ noInvalidDate: true }), fc.boolean(), (date, placed) => {
        const marks = ownerMarks(
          { ...facts, place: placed ? facts.place : null, atMs: date.getTime() },
          'Asia/Shanghai',
        );
        const hours = marks.flatMap((mark) => hoursOfMark(mark) ?? []);
        expect(hours[1]! - hours[0]!).toBe(3);
        const reasons = reasonsFor(marks, ['路灯'], names);
        expect(new Set(reasons.map((r) => r.zh)).size).toBe(reasons.length);
        expect(reasons.length).toBeLessThanOrEqual(4);
      }),
    );
  });
});
