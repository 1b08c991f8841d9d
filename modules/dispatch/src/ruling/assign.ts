/** Who gets an incident: by the first rule that matches, else by the default. Pure. */
import { assignmentRule, type Offer, ownMember, type Situation } from '../rules.ts';
import type { ReadyRule } from './match-rule.ts';

export interface Assignment {
  readonly offers: readonly Offer[];
  /** The rule that decided; null: the default did. */
  readonly rule: Pick<ReadyRule, 'place' | 'name'> | null;
  /** It matched, but nobody it names can receive an order now. */
  readonly instead: boolean;
}

/**
 * Parties of the rule that can receive an order. A required one that is missing hands its part on to those who are
 * left, so that somebody must answer.
 *
 * @param able accounts that can receive an order and are not away
 */
export function offersByRule(rule: ReadyRule, situation: Situation, able: ReadonlySet<string>): Offer[] {
  const offers = new Map<string, Offer>();
  for (const party of rule.parties) {
    const id =
      party.kind === 'own-member'
        ? ownMember(situation)?.accountId
        : (party.kind === 'department' ? situation.staffed : able).has(party.id)
          ? party.id
          : undefined;
    if (id === undefined) continue;
    const required = party.required || offers.get(id)?.required === true;
    offers.set(id, { party: { kind: party.kind === 'department' ? 'department' : 'account', id }, required });
  }
  const left = [...offers.values()];
  return left.some((o) => o.required) ? left : left.map((o) => ({ ...o, required: true }));
}

export function assign(rule: ReadyRule | null, situation: Situation, able: ReadonlySet<string>): Assignment {
  if (rule === null || rule.parties.length === 0) {
    return { offers: assignmentRule(situation), rule: null, instead: false };
  }
  const offers = offersByRule(rule, situation, able);
  if (offers.length > 0) return { offers, rule, instead: false };
  return { offers: assignmentRule(situation), rule, instead: true };
}
