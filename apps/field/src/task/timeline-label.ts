import {
  dispatchNotes,
  orderMoves,
  type OrderMove,
  partMoves,
  type WhistleMove,
  whistleMoves,
} from '@wangge/dispatch/contract';
import { type ClockMove, clockMoves, countyMoves, incidentMoves, type IncidentMove } from '@wangge/incidents/contract';
import type { Bilingual } from '@wangge/contract-kit';

const extra = {
  report: { zh: '上报', en: 'Report' },
  note: { zh: '备注', en: 'Note' },
  ...dispatchNotes,
} as const;

/** What a timeline entry's move is called; moves of later versions are shown by their code name. */
export function moveLabel(move: string): Bilingual {
  if (Object.hasOwn(extra, move)) return extra[move as keyof typeof extra];
  if (move.startsWith('order:')) {
    const name = move.slice('order:'.length);
    return Object.hasOwn(orderMoves, name) ? orderMoves[name as OrderMove] : { zh: name, en: name };
  }
  if (move.startsWith('clock:')) {
    const why = move.slice('clock:'.length);
    return Object.hasOwn(clockMoves, why) ? clockMoves[why as ClockMove] : { zh: why, en: why };
  }
  if (move.startsWith('county:')) {
    const labels: Readonly<Record<string, Bilingual>> = countyMoves;
    const name = move.slice('county:'.length);
    return labels[name] ?? { zh: name, en: name };
  }
  if (move.startsWith('part:')) {
    const labels: Readonly<Record<string, Bilingual>> = partMoves;
    const name = move.slice('part:'.length);
    return labels[name] ?? { zh: name, en: name };
  }
  if (move.startsWith('whistle:')) {
    const name = move.slice('whistle:'.length);
    return Object.hasOwn(whistleMoves, name) ? whistleMoves[name as WhistleMove] : { zh: name, en: name };
  }
  return Object.hasOwn(incidentMoves, move) ? incidentMoves[move as IncidentMove] : { zh: move, en: move };
}
