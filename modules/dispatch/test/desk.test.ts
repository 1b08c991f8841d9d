import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { deskFor, type DeskMember, leadersFor } from '../src/ruling/desk.ts';
import { firstReceiverOf, returnTo } from '../src/ruling/first-receiver.ts';
import type { OrderState } from '../src/states.ts';

const town = '1/2/';
const path = '1/2/3/4/';
const person = (accountId: string, more: Partial<DeskMember> = {}): DeskMember => ({
  accountId,
  name: accountId,
  role: 'dispatcher',
  areaPath: town,
  onDuty: false,
  onLeave: false,
  ...more,
});
const ids = (people: readonly DeskMember[]) => people.map((p) => p.accountId);
const leader = person('leader', { role: 'leader' });

describe('what comes back goes to', () => {
  const cases: readonly [string, readonly DeskMember[], string | null, readonly string[]][] = [
    ['who sent it', [person('a'), person('b')], 'b', ['b']],
    ['who sent it, on duty', [person('a', { onDuty: true }), person('b', { onDuty: true })], 'b', ['b']],
    ['those on duty, the sender being off', [person('a', { onDuty: true }), person('b')], 'b', ['a']],
    [
      'those on duty, the sender being gone',
      [person('a', { onDuty: true }), person('c', { onDuty: true })],
      'x',
      ['a', 'c'],
    ],
    [
      'those on duty, the sender being away',
      [person('a', { onDuty: true }), person('b', { onDuty: true, onLeave: true })],
      'b',
      ['a'],
    ],
    ['all with the leader, nobody being on duty', [person('a'), person('c'), leader], 'x', ['a', 'c', 'leader']],
    ['all with the leader, where the platform sent it', [person('a'), leader], null, ['a', 'leader']],
    ['the leader alone', [leader], 'x', ['leader']],
    ['somebody even if all are away', [person('a', { onLeave: true })], 'a', ['a']],
    ['nobody of another area', [person('far', { areaPath: '1/9/' }), person('a')], 'far', ['a']],
    ['each once, whatever their posts', [person('a'), person('a', { areaPath: '1/' })], 'x', ['a']],
  ];
  it.each(cases)('%s', (_name, members, offeredBy, expected) => {
    expect(ids(deskFor(members, path, offeredBy))).toEqual(expected);
  });

  it('somebody wherever the town has a dispatcher or leader', () => {
    const any = fc.record({
      n: fc.nat(4),
      role: fc.constantFrom('dispatcher' as const, 'leader' as const, 'grid-member' as const),
      onDuty: fc.boolean(),
      onLeave: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(any), fc.nat(4), (people, sender) => {
        const members = people.map(({ n, ...p }) => person(`p${n}`, p));
        const hasDesk = members.some((m) => m.role !== 'grid-member');
        expect(deskFor(members, path, `p${sender}`).length > 0).toBe(hasDesk);
        expect(leadersFor(members, path, `p${sender}`).length > 0).toBe(hasDesk);
      }),
    );
  });

  it('leaders on duty first; without any leader, the desk', () => {
    const other = person('other', { role: 'leader', onDuty: true });
    expect(ids(leadersFor([leader, other, person('a')], path, 'a'))).toEqual(['other', 'leader']);
    expect(ids(leadersFor([person('a')], path, null))).toEqual(['a']);
  });
});

const order = (id: string, partyId: string, state: OrderState, offeredMs: number, superseded = false) => ({
  id,
  partyKind: 'department' as const,
  partyId,
  state,
  superseded,
  offeredMs,
});
const all = (): boolean => true;

describe('the first receiver', () => {
  it('is whom it went to first, also after returning it, never a person', () => {
    const person1 = { ...order('0', 'p', 'responded', 0), partyKind: 'account' as const };
    expect(firstReceiverOf([order('2', 'b', 'accepted', 2), order('1', 'a', 'returned', 1), person1])).toBe('a');
    expect(firstReceiverOf([person1])).toBeNull();
  });

  const a1 = order('1', 'a', 'returned', 1);
  const b2 = order('2', 'b', 'offered', 2);
  it('gets it back with the second return, and leads', () => {
    expect(returnTo(order('1', 'a', 'offered', 1), [order('1', 'a', 'offered', 1)], all)).toEqual({ to: 'desk' });
    expect(returnTo(b2, [a1, b2], all)).toEqual({ to: 'first-receiver', departmentId: 'a' });
  });
  it('is not asked a third time: then the leaders decide', () => {
    const again = order('3', 'a', 'accepted', 3);
    const [b, c] = [order('2', 'b', 'returned', 2), order('4', 'c', 'offered', 4)];
    expect(returnTo(again, [a1, b, again], all)).toEqual({ to: 'leaders' });
    expect(returnTo(c, [a1, b, { ...again, state: 'returned' }, c], all)).toEqual({ to: 'leaders' });
  });
  it('keeps what it still has, and nothing goes where nobody is', () => {
    expect(returnTo(b2, [order('1', 'a', 'accepted', 1), order('5', 'c', 'returned', 1), b2], all)).toEqual({
      to: 'leaders',
    });
    expect(returnTo(b2, [a1, b2], () => false)).toEqual({ to: 'leaders' });
  });
  it('starts anew with a reopened incident; a person’s return goes to the desk', () => {
    expect(returnTo(b2, [{ ...a1, superseded: true }, b2], all)).toEqual({ to: 'desk' });
    expect(returnTo({ ...b2, partyKind: 'account' }, [a1, b2], all)).toEqual({ to: 'desk' });
  });
});
