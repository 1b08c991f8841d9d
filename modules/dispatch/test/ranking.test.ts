import fc from 'fast-check';
import { newId } from '@wangge/contract-kit';
import { describe, expect, it } from 'vitest';
import { rankCandidates } from '../src/ranking.ts';
import { assignmentRule, type Member, ownMember, type Situation } from '../src/rules.ts';

const nowMs = Date.UTC(2026, 10, 2, 1);
const minute = 60_000;
const grid = '1/2/3/4/';
const place = { lon: 119, lat: 31.5 };
/** Some 95 m to the east for each thousandth of a degree. */
const east = (metres: number) => ({ lon: place.lon + metres / 94_900, lat: place.lat });
const member = (name: string, more: Partial<Member> = {}): Member => ({
  accountId: newId(),
  name,
  role: 'grid-member',
  areaPath: '1/2/3/5/',
  areaName: '邻格',
  onDuty: true,
  onLeave: false,
  place: null,
  positionAtMs: null,
  ...more,
});
const situation = (members: Member[], more: Partial<Situation> = {}): Situation => ({
  path: grid,
  place,
  nowMs,
  members,
  openOrders: new Map(),
  departments: [],
  departmentId: null,
  staffed: new Set(),
  needs: [],
  skills: new Map(),
  ...more,
});
const names = (s: Situation): string[] => rankCandidates(s, []).map((c) => c.name);
const words = (s: Situation, name: string) => rankCandidates(s, []).find((c) => c.name === name)?.reason;

describe('candidates', () => {
  it('near before far, by a position of the last half hour', () => {
    const near = member('近', { place: east(200), positionAtMs: nowMs - minute });
    const far = member('远', { place: east(1500), positionAtMs: nowMs - minute });
    expect(names(situation([far, near]))).toEqual(['近', '远']);
    expect(words(situation([near]), '近')?.zh).toContain('距现场 200 m（1 分钟前的位置）');
  });

  it('by the grid where a position is too old or missing, and it says so', () => {
    const own = member('本格', { areaPath: grid, place: east(1800), positionAtMs: nowMs - 31 * minute });
    const beside = member('邻格近处', { place: east(100), positionAtMs: nowMs - 31 * minute });
    const unknown = member('不明');
    expect(names(situation([unknown, beside, own]))[0]).toBe('本格');
    expect(words(situation([own]), '本格')).toEqual({
      zh: '本辖区网格员，在岗，距现场 1.8 km（31 分钟前的位置，太旧，按网格排），手头无工单',
      en: 'grid member of this area, on duty, 1.8 km away (position 31 min ago, too old: ranked by grid), no open orders',
    });
    expect(words(situation([unknown]), '不明')?.zh).toContain('位置未知');
  });

  it('free before busy, on duty before off, away last of all', () => {
    const [free, busy, off, away] = [
      member('闲'),
      member('忙'),
      member('下班', { onDuty: false }),
      member('休假', { onLeave: true, areaPath: grid }),
    ];
    const s = situation([away, off, busy, free], {
      openOrders: new Map([[busy.accountId, 2]]),
      departments: [{ id: newId(), name: '部门' }],
    });
    expect(names(s)).toEqual(['闲', '忙', '下班', '部门', '休假']);
    expect(words(s, '休假')?.en).toContain('on leave');
    expect(words(s, '忙')?.zh).toContain('手头 2 单');
  });

  it('able before not, lapsed training before none, in words', () => {
    const [able, lapsed, none] = [member('会'), member('过期'), member('不会')];
    const s = situation([none, lapsed, able], {
      needs: ['电工'],
      skills: new Map([
        [able.accountId, [{ name: '电工', trainedUntilMs: nowMs + 1 }]],
        [lapsed.accountId, [{ name: '电工', trainedUntilMs: nowMs }]],
      ]),
    });
    expect(names(s)).toEqual(['会', '过期', '不会']);
    expect(words(s, '会')?.zh).toContain('会“电工”');
    expect(words(s, '过期')?.zh).toContain('“电工”培训已过期');
    expect(words(s, '不会')?.en).toContain('lacks “电工”');
  });

  it('whom a rule chose before everybody', () => {
    const [own, chosen] = [member('本格', { areaPath: grid }), member('远处的专人', { areaPath: '1/2/9/9/' })];
    const offers = [{ party: { kind: 'account', id: chosen.accountId }, required: true } as const];
    const [first] = rankCandidates(situation([own, chosen]), offers);
    expect(first).toMatchObject({ name: '远处的专人', suggested: true });
  });

  it('each person once, whatever the posts; the order is the same for the same facts', () => {
    const any = fc.record({
      n: fc.nat(5),
      role: fc.constantFrom('grid-member' as const, 'grid-head' as const, 'police' as const, 'dispatcher' as const),
      onDuty: fc.boolean(),
      onLeave: fc.boolean(),
      own: fc.boolean(),
      metres: fc.option(fc.nat(5000)),
      ageMin: fc.nat(90),
    });
    fc.assert(
      fc.property(fc.array(any, { maxLength: 12 }), (people) => {
        const members = people.map(({ n, role, onDuty, onLeave, own, metres, ageMin }) =>
          member(`${n}`, {
            accountId: `00000000-0000-7000-8000-00000000000${n}`,
            role,
            onDuty,
            onLeave,
            areaPath: own ? grid : '1/2/3/5/',
            place: metres === null ? null : east(metres),
            positionAtMs: metres === null ? null : nowMs - ageMin * minute,
          }),
        );
        const order = rankCandidates(situation(members), []).map((c) => c.party.id);
        expect(new Set(order).size).toBe(order.length);
        expect(rankCandidates(situation(members.toReversed()), []).map((c) => c.party.id)).toEqual(order);
      }),
    );
  });
});

describe('the default', () => {
  it('passes over who is away, up to the head', () => {
    const [own, head] = [
      member('员', { areaPath: grid, onLeave: true }),
      member('长', { areaPath: grid, role: 'grid-head' }),
    ];
    expect(ownMember(situation([own, head]))?.name).toBe('长');
    expect(ownMember(situation([own]))).toBeNull();
  });

  it('sends nothing to a department without people', () => {
    const id = newId();
    const s = situation([], { departmentId: id });
    expect(assignmentRule(s)).toEqual([]);
    expect(assignmentRule({ ...s, staffed: new Set([id]) })).toEqual([
      { party: { kind: 'department', id }, required: true },
    ]);
  });
});
