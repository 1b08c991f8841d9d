import { orderMoves, type OrderMove } from '@wangge/dispatch/contract';
import { incidentMoves, type IncidentMove } from '@wangge/incidents/contract';
import type { Bilingual } from '@wangge/contract-kit';

const extra: Record<string, Bilingual> = {
  report: { zh: '上报', en: 'Report' },
  note: { zh: '备注', en: 'Note' },
};

/** What a timeline entry's move is called; moves of later versions are shown by their code name. */
export function moveLabel(move: string): Bilingual {
  const known = extra[move];
  if (known) return known;
  if (move.startsWith('order:')) {
    const name = move.slice('order:'.length);
    return Object.hasOwn(orderMoves, name) ? orderMoves[name as OrderMove] : { zh: name, en: name };
  }
  return Object.hasOwn(incidentMoves, move) ? incidentMoves[move as IncidentMove] : { zh: move, en: move };
}
