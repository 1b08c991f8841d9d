/** The reporter's judgement (评价) of a closed incident. */
import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import { asPlatform } from '../platform.ts';
import { findRecord, lockRecord } from '../record.ts';
import { appendEntries } from '../store/history.ts';
import { rootOf } from '../store/merges.ts';
import { patchIncident } from '../store/patch.ts';
import type { MoveFacts } from './move-facts.ts';
import { movingBy } from './moving.ts';

export interface Rating {
  /** 1–5. */
  readonly response: number;
  readonly resolved: boolean;
  /** 1–5. */
  readonly satisfied: number;
  readonly text: string | null;
}

/**
 * Once, after closing; the caller has made sure that it is the reporter who asks.
 *
 * @throws AppError `move-not-allowed` before closing, `already-exists` the second time
 */
export async function rateIncident(tx: Tx, id: string, rating: Rating, facts: MoveFacts = {}): Promise<void> {
  await asPlatform(tx, async () => {
    const record = await lockRecord(tx, id);
    // Whose report was merged judges the handling of the one that stayed, in their own words.
    const handled = record.mergedInto === null ? record : await findRecord(tx, await rootOf(tx, id));
    if (handled.closedMs === null || handled.state !== 'closed') {
      throw new AppError('move-not-allowed', { details: { state: record.state, move: 'rate' } });
    }
    if (record.ratingResponse !== null) throw new AppError('already-exists', { field: 'rating' });
    const moving = movingBy(tx, facts, rating.text);
    await patchIncident(
      tx,
      id,
      {
        rating_response: rating.response,
        rating_resolved: rating.resolved,
        rating_satisfied: rating.satisfied,
        rating_text: rating.text,
      },
      moving,
    );
    await appendEntries(tx, [
      {
        incidentId: id,
        move: 'rate',
        fromState: record.state,
        toState: record.state,
        actor: moving.actor,
        actorName: moving.name,
        atMs: moving.atMs,
        reason: rating.text,
      },
    ]);
    if (!moving.quiet) announce(tx, record, 'rate');
  });
}
