/** How a move is asked for besides its body: by whom, when, in which capacity. */
import type { Actor } from '@wangge/kernel';
import type { Hat } from '../workflow.ts';

export interface MoveFacts {
  /** Who moves, where that is not the transaction's actor; for the platform only. */
  readonly by?: Actor;
  /** Shown in the timeline instead of the actor's name. */
  readonly actorName?: string;
  /** When, where that is not now: history that is loaded. */
  readonly atMs?: number;
  /** Nobody is told and no list is refreshed. */
  readonly quiet?: boolean;
  /** Capacities that the calling module established itself: a receipt shows its holder to be the reporter. */
  readonly hats?: readonly Hat[];
  /** A person without an account: `phone:<blind index>` (see `phoneKey`). */
  readonly personKey?: string;
  /** Proof that is kept outside the platform; only for history that is loaded. */
  readonly paperProofs?: number;
  /** The caller has just read the incident in this transaction. */
  readonly anyVersion?: boolean;
}
export interface MoveResult {
  readonly id: string;
  readonly number: string;
  readonly state: string;
  readonly version: number;
  /** This request was carried out before; the state is the present one. */
  readonly replayed: boolean;
}
