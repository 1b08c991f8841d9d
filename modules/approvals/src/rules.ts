/** What a request is at a moment, and what that allows. Pure. */
import type { ApprovalKind, ApprovalState } from './contract.ts';

/** Nobody decided for so long: who still needs it asks again. */
export const decidedWithinMs = 24 * 3_600_000;
/** What was allowed for a reason of today is not a right for ever. */
export const usableForMs = 24 * 3_600_000;

export interface StoredState {
  readonly state: ApprovalState;
  readonly expiresAtMs: number;
}

/** A minute may pass until the job writes it down. */
export function stateAt({ state, expiresAtMs }: StoredState, nowMs: number): ApprovalState {
  return (state === 'waiting' || state === 'approved') && expiresAtMs <= nowMs ? 'expired' : state;
}

export type UseProblem = 'approval-missing' | 'approval-expired' | 'approval-refused';
export interface UseFacts extends StoredState {
  readonly kind: ApprovalKind;
  readonly subjectId: string;
  readonly byId: string;
}
export interface UseAsked {
  readonly kind: ApprovalKind;
  readonly subjectId: string;
  /** Who wants to act on it: nobody but the one who asked. */
  readonly accountId: string;
}

/** What stands against acting on a request; null when nothing does. */
export function useProblem(request: UseFacts | undefined, asked: UseAsked, nowMs: number): UseProblem | null {
  if (
    !request ||
    request.kind !== asked.kind ||
    request.subjectId !== asked.subjectId ||
    request.byId !== asked.accountId
  )
    return 'approval-missing';
  switch (stateAt(request, nowMs)) {
    case 'approved':
      return null;
    case 'refused':
      return 'approval-refused';
    case 'expired':
      return 'approval-expired';
    case 'waiting':
    case 'withdrawn':
      return 'approval-missing';
  }
}
