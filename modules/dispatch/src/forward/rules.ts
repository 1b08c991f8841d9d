/** Who may hand an order on to whom, and what becomes of it. Pure: facts in, verdict out. */
import type { Role } from '@wangge/contract-kit';
import type { ForwardState } from '../contract/forward.ts';
import type { OrderState } from '../states.ts';

export const forwardActs = ['ask', 'accept', 'decline', 'withdraw'] as const;
export type ForwardAct = (typeof forwardActs)[number];
/** `party`: the order is their own; `asked`: the colleague. */
export type ForwardHat = 'party' | 'asked';

export interface ForwardFacts {
  readonly order: OrderState;
  /** Of the forward; null while there is none that waits. */
  readonly forward: ForwardState | null;
  /** The order still belongs to whoever asked. */
  readonly stillTheirs: boolean;
  /** A suspension or an extension waits for its decision. */
  readonly pending: boolean;
  /** Same grid, able to receive, not who asks. */
  readonly colleague: boolean;
  /** The colleague has an open order of this incident already. */
  readonly has: boolean;
}

export type ForwardGuard = 'nothing-asked' | 'nothing-pending' | 'colleague' | 'has-one';
export type ForwardVerdict =
  | { readonly ok: true; readonly to: ForwardState }
  | { readonly ok: false; readonly code: 'forbidden' | 'move-not-allowed' }
  | { readonly ok: false; readonly code: 'guard-failed'; readonly guard: ForwardGuard };

/** A suspended one waits for something; whoever takes it over could not begin. */
const passable: readonly OrderState[] = ['offered', 'accepted', 'arrived', 'handling'];
const outcome = { ask: 'asked', accept: 'accepted', decline: 'declined', withdraw: 'withdrawn' } as const;
const by: Readonly<Record<ForwardAct, ForwardHat>> = {
  ask: 'party',
  withdraw: 'party',
  accept: 'asked',
  decline: 'asked',
};
const no = (guard: ForwardGuard): ForwardVerdict => ({ ok: false, code: 'guard-failed', guard });

export function checkForward(act: ForwardAct, hat: ForwardHat | null, facts: ForwardFacts): ForwardVerdict {
  if (hat !== by[act]) return { ok: false, code: 'forbidden' };
  if (act === 'ask' && facts.forward === 'asked') return no('nothing-asked');
  if (act !== 'ask' && facts.forward !== 'asked') return { ok: false, code: 'move-not-allowed' };
  if (act === 'ask' || act === 'accept') {
    if (!passable.includes(facts.order) || !facts.stillTheirs) return { ok: false, code: 'move-not-allowed' };
    if (facts.pending) return no('nothing-pending');
    if (!facts.colleague) return no('colleague');
    if (facts.has) return no('has-one');
  }
  return { ok: true, to: outcome[act] };
}

/** Handed on before it was taken, taking over takes it; what was done on the spot, somebody else did. */
export const stateTaken: OrderState = 'accepted';

const fieldRoles: readonly Role[] = ['grid-head', 'grid-member', 'micro-grid-member'];
interface Post {
  readonly role: Role;
  readonly areaPath: string;
}
/** County, town, village and grid of a path: the grid that a post of the field belongs to; null above it. */
export function gridOf({ role, areaPath }: Post): string | null {
  return fieldRoles.includes(role) ? (/^(?:[^/]+\/){4}/.exec(areaPath)?.[0] ?? null) : null;
}
/** The grids that somebody works in. */
export function gridsOf(posts: readonly Post[]): string[] {
  return [...new Set(posts.flatMap((post) => gridOf(post) ?? []))];
}
