import type { RouteCall } from '@wangge/contract-kit';
import type { moveOrder, OrderMove } from '@wangge/dispatch/contract';

/** The moves this page offers, in the order of the work; others are made elsewhere. */
export const fieldMoves = ['accept', 'arrive', 'handle', 'respond', 'return'] as const satisfies readonly OrderMove[];
export type FieldMove = (typeof fieldMoves)[number];

type MoveBody = RouteCall<typeof moveOrder>['body'];
/** A move's facts, without version and key: those are added when it is sent. */
export type MoveFacts = {
  [M in FieldMove]: Omit<Extract<MoveBody, { move: M }>, 'version' | 'clientKey'>;
}[FieldMove];

export function possibleMoves(moves: readonly OrderMove[]): readonly FieldMove[] {
  return fieldMoves.filter((move) => moves.includes(move));
}

/** The step that comes next: arriving before handling, handling before responding. */
export function nextMove(moves: readonly FieldMove[]): FieldMove | null {
  return moves.find((move) => move !== 'return') ?? null;
}
