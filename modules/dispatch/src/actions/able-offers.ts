/** Offers as they were before, to those who can still receive an order. */
import type { Tx } from '@wangge/kernel';
import { receivers, staffedDepartments } from '@wangge/staff';
import type { Offer } from '../rules.ts';

/** What a missing one had to answer is left to those who are there: somebody must. */
export async function ableOffers(tx: Tx, offers: readonly Offer[]): Promise<Offer[]> {
  const accounts = await receivers(
    tx,
    offers.flatMap((o) => (o.party.kind === 'account' ? [o.party.id] : [])),
  );
  const staffed = await staffedDepartments(tx);
  const left = offers.filter((o) => (o.party.kind === 'account' ? accounts : staffed).has(o.party.id));
  return left.some((o) => o.required) ? left : left.map((o) => ({ ...o, required: true }));
}
