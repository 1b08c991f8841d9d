import type { Bilingual } from '@wangge/contract-kit';
import { dispatchNotes, orderMoves, partMoves, whistleMoves } from '@wangge/dispatch/contract';
import { clockMoves, countyMoves, incidentMoves, releaseMoves } from '@wangge/incidents/contract';

const others: Readonly<Record<string, Bilingual>> = {
  report: { zh: '上报', en: 'Report' },
  note: { zh: '备注', en: 'Note' },
  rate: { zh: '评价', en: 'Rate' },
  ...releaseMoves,
  ...dispatchNotes,
};

/** The name of what a line of history tells: a move, `order:<move>`, or a note. Unknown ones as they are. */
export function moveLabel(move: string): Bilingual {
  if (others[move]) return others[move];
  const [kind, orderMove] = move.split(':');
  if (kind === 'order' && orderMove !== undefined) {
    const label = (orderMoves as Readonly<Record<string, Bilingual>>)[orderMove];
    return label ? { zh: `工单${label.zh}`, en: `Order: ${label.en.toLowerCase()}` } : { zh: move, en: move };
  }
  if (kind === 'clock' && orderMove !== undefined) {
    return (clockMoves as Readonly<Record<string, Bilingual>>)[orderMove] ?? { zh: move, en: move };
  }
  if (kind === 'county' && orderMove !== undefined) {
    return (countyMoves as Readonly<Record<string, Bilingual>>)[orderMove] ?? { zh: move, en: move };
  }
  if (kind === 'part' && orderMove !== undefined) {
    return (partMoves as Readonly<Record<string, Bilingual>>)[orderMove] ?? { zh: move, en: move };
  }
  if (kind === 'whistle' && orderMove !== undefined) {
    return (whistleMoves as Readonly<Record<string, Bilingual>>)[orderMove] ?? { zh: move, en: move };
  }
  return (incidentMoves as Readonly<Record<string, Bilingual>>)[move] ?? others[move] ?? { zh: move, en: move };
}
