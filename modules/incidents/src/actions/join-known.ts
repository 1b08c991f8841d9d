/** A report whose author was shown another and said: that is it. */
import { AppError } from '@wangge/contract-kit';
import { systemActor, type Tx } from '@wangge/kernel';
import { asPlatform } from '../platform.ts';
import { type IncidentRecord, lockRecord } from '../record.ts';
import { incidentStates } from '../states.ts';
import { moveIncident } from './move-incident.ts';

async function lockIfThere(tx: Tx, id: string): Promise<IncidentRecord | null> {
  try {
    return await lockRecord(tx, id);
  } catch (error) {
    if (error instanceof AppError && error.code === 'not-found') return null;
    throw error;
  }
}

/**
 * Merges the incident that this transaction made into the one that its author named, where that is open and within
 * the author's sight; else it stays by itself, since a report must not be lost for it. A dispatcher can undo it.
 *
 * @returns whether it was merged
 */
export async function joinKnown(tx: Tx, id: string, sameAs: string): Promise<boolean> {
  const known = await lockIfThere(tx, sameAs);
  const made = await lockIfThere(tx, id);
  if (!known || !made || sameAs === id || !incidentStates[known.state].open) return false;
  // What was settled on the spot needs nobody.
  if (!['reported', 'accepted', 'registered', 'handling'].includes(made.state)) return false;
  await asPlatform(tx, () =>
    moveIncident(
      tx,
      id,
      { move: 'merge', version: 0, targetId: sameAs, reason: `上报人认为与 ${known.number} 是同一件事` },
      { by: systemActor('incidents'), actorName: '系统', hats: ['dispatcher'], anyVersion: true },
    ),
  );
  return true;
}
