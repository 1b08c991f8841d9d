/** The reporter's judgement (评价) of a closed incident. */
import { AppError } from '@wangge/contract-kit';
import type { Tx } from '@wangge/kernel';
import { announce } from '../announce.ts';
import { asPlatform } from '../platform.ts';
import { findRecord, lockRecord } from '../record.ts';
import { appendEntries } from '../store/history.ts';
import { rootOf } from '../store/merges.ts';
import { patchIncident } from '../store/patch.ts';
import { keepFormerRating, mayRate, ratedAt, type Rating, ratingOf } from '../store/ratings.ts';
import type { MoveFacts } from './move-facts.ts';
import { movingBy } from './moving.ts';

/**
 * Once after each closing; the caller has made sure that it is the reporter who asks. What was done again and is
 * judged again counts with its newest judgement; the former one is kept.
 *
 * @throws AppError `move-not-allowed` before closing, `already-exists` the second time after the same one
 */
export async function rateIncident(tx: Tx, id: string, rating: Rating, facts: MoveFacts = {}): Promise<void> {
  await asPlatform(tx, async () => {
    const record = await lockRecord(tx, id);
    // Whose report was merged judges the handling of the one that stayed, in their own words.
    const handled = record.mergedInto === null ? record : await findRecord(tx, await rootOf(tx, id));
    if (handled.closedMs === null || handled.state !== 'closed') {
      throw new AppError('move-not-allowed', { details: { state: record.state, move: 'rate' } });
    }
    const former = ratingOf(record);
    const ratedMs = former === null ? null : await ratedAt(tx, id);
    if (!mayRate(handled, former, ratedMs)) throw new AppError('already-exists', { field: 'rating' });
    const moving = movingBy(tx, facts, rating.text);
    if (former !== null && ratedMs !== null) {
      await keepFormerRating(tx, id, { ...former, atMs: ratedMs }, moving.atMs);
    }
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
