/** What a reporter, or somebody affected, does about a report: withdraw it, object, rate it. */
import { moveIncident, phoneKey, rateIncident, type Rating } from '@wangge/incidents';
import type { Actor, Tx } from '@wangge/kernel';

/** Shown in the office's timeline; the office knows no more of a person without an account. */
const reporterName = '上报人';
const affectedName = '受影响的居民';

/**
 * @param key of the form: the same one twice is one withdrawal
 * @throws AppError `move-not-allowed` once work has begun
 */
export async function withdrawReport(
  tx: Tx,
  by: Actor,
  id: string,
  input: { readonly key: string; readonly reason: string },
): Promise<void> {
  await moveIncident(
    tx,
    id,
    { move: 'withdraw', version: 0, clientKey: input.key, reason: input.reason },
    { by, actorName: reporterName, hats: ['reporter'], anyVersion: true },
  );
}

/**
 * Asks for it to be done again. The phone was verified: it is what makes "once per person" true.
 *
 * @throws AppError `guard-failed` (details name `once-per-person` or `within-15-days`), `move-not-allowed`
 */
export async function objectToClosing(
  tx: Tx,
  by: Actor,
  id: string,
  input: { readonly key: string; readonly reason: string; readonly phone: string; readonly isReporter: boolean },
): Promise<void> {
  await moveIncident(
    tx,
    id,
    { move: 'ask-reopen', version: 0, clientKey: input.key, reason: input.reason },
    {
      by,
      actorName: input.isReporter ? reporterName : affectedName,
      hats: [input.isReporter ? 'reporter' : 'affected'],
      personKey: phoneKey(tx, input.phone),
      anyVersion: true,
    },
  );
}

/** @throws AppError `move-not-allowed` before the closing, `already-exists` the second time after the same closing */
export async function rateReport(tx: Tx, by: Actor, id: string, rating: Rating): Promise<void> {
  await rateIncident(tx, id, rating, { by, actorName: reporterName });
}
