/**
 * First-receiver responsibility (首接负责). Pure. The department that an incident went to first answers for it until
 * somebody else has it; departments cannot hand it round: what two of them returned goes back to the first, with the
 * leaders told, and what the first then returns is the leaders' to decide.
 */
import type { OrderRecord } from '../order.ts';

type Fact = Pick<OrderRecord, 'id' | 'partyKind' | 'partyId' | 'state' | 'superseded' | 'offeredMs'>;

const ofDepartments = <T extends Fact>(orders: readonly T[]): T[] =>
  orders
    .filter((o) => o.partyKind === 'department')
    .toSorted((a, b) => a.offeredMs - b.offeredMs || (a.id < b.id ? -1 : 1));

/** The department that was offered it first, whatever became of that order; null while none was. */
export function firstReceiverOf(orders: readonly Fact[]): string | null {
  return ofDepartments(orders)[0]?.partyId ?? null;
}

export type ReturnTo =
  /** The desk sends it on. */
  | { readonly to: 'desk' }
  /** The first receiver leads from now on, and the leaders are told. */
  | { readonly to: 'first-receiver'; readonly departmentId: string }
  /** The leaders decide. */
  | { readonly to: 'leaders' };

/**
 * Where an order goes that is being returned.
 *
 * @param orders all of the incident's, the returned one still as it was
 * @param canReceive whether a department has anybody who could take an order
 */
export function returnTo(
  returned: Fact,
  orders: readonly Fact[],
  canReceive: (departmentId: string) => boolean,
): ReturnTo {
  if (returned.partyKind !== 'department') return { to: 'desk' };
  const round = ofDepartments(orders).filter((o) => !o.superseded && o.id !== returned.id);
  const returns = round.filter((o) => o.state === 'returned').length;
  if (returns === 0) return { to: 'desk' };
  const first = firstReceiverOf(orders);
  const hasOpen = round.some((o) => o.partyId === first && !['returned', 'cancelled', 'responded'].includes(o.state));
  // Once each round: the first receiver that returns again is not asked a third time.
  const askedTwice = round.filter((o) => o.partyId === first && o.state === 'returned').length > 1;
  if (first === null || first === returned.partyId || hasOpen || askedTwice || !canReceive(first)) {
    return { to: 'leaders' };
  }
  return { to: 'first-receiver', departmentId: first };
}
