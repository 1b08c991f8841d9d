import type { Place } from '@wangge/contract-kit';
import type { IncidentMove, MoveBody, Severity } from '@wangge/incidents/contract';
import { fromLocal } from '../common/local-time.ts';
import { moveFields } from './move-fields.ts';

/** What the form of a move holds; which of it counts depends on the move. */
export interface MoveValues {
  readonly reason?: string;
  readonly categoryCode?: string;
  readonly severity?: Severity;
  readonly targetId?: string;
  readonly place?: Place;
  readonly address?: string;
  /** As the field of day and minute has it. */
  readonly answerBy?: string;
}

/** The body of a move out of what was filled in: only what this move takes. */
export function bodyOfMove(move: IncidentMove, values: MoveValues, version: number, clientKey: string): MoveBody {
  const fields = new Set(moveFields[move] ?? []);
  const reason = values.reason?.trim() ?? '';
  const address = values.address?.trim() ?? '';
  const answerByMs = fromLocal(values.answerBy ?? '');
  const body = {
    move,
    version,
    clientKey,
    ...(fields.has('reason') || (fields.has('remark') && reason !== '') ? { reason } : {}),
    ...(fields.has('category') && values.categoryCode ? { categoryCode: values.categoryCode } : {}),
    ...(fields.has('severity') && values.severity ? { severity: values.severity } : {}),
    ...(fields.has('target') ? { targetId: values.targetId } : {}),
    ...(fields.has('answer-by') && answerByMs !== null ? { answerByMs } : {}),
    ...(fields.has('place') ? { place: values.place, ...(address === '' ? {} : { address }) } : {}),
  };
  return body as MoveBody;
}
