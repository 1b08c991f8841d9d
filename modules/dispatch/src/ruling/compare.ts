/** Whether a rule would have sent an incident elsewhere than it went. Pure. */
import { ownMemberName, type Party, type RuleParty } from '../contract.ts';

export type Parties = readonly (Party & { readonly name: string })[];

/**
 * A rule's own member stands for whichever persons had it: who holds a post now says nothing about then. A department
 * that only the one or the other has, or a person that the rule names and who did not have it, is elsewhere.
 */
export function compare(
  parties: readonly RuleParty[],
  before: Parties,
  nameOf: (id: string) => string,
): { differs: boolean; from: string[]; to: string[] } {
  const had = new Set(before.map((p) => p.id));
  const gets = new Set(parties.flatMap((p) => (p.kind === 'own-member' ? [] : [p.id])));
  const hasOwn = parties.some((p) => p.kind === 'own-member');
  const hadPerson = before.some((p) => p.kind === 'account');
  const differs =
    [...gets].some((id) => !had.has(id)) ||
    before.some((p) => p.kind === 'department' && !gets.has(p.id)) ||
    hasOwn !== (hadPerson && before.some((p) => p.kind === 'account' && !gets.has(p.id)));
  const departments = before.flatMap((p) => (p.kind === 'department' ? [p.name] : []));
  return {
    differs,
    // Persons of the past by their post, not by name: the comparison is about whose task it is.
    from: [...(hadPerson ? [ownMemberName] : []), ...departments],
    to: parties.map((p) => (p.kind === 'own-member' ? ownMemberName : nameOf(p.id))),
  };
}
