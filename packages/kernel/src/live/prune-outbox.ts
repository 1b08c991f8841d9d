/** The outbox is a way, not an archive: what is a week old was read by everybody. */
import type { Runtime } from '../runtime.ts';

/** A pause of the jobs may leave millions; small bites keep locks and WAL short. */
const bite = 10_000;

/** Deletes outbox rows older than seven days (the function's own limit); answers how many. */
export async function pruneOutbox(rt: Runtime): Promise<number> {
  let pruned = 0;
  for (;;) {
    const result = await rt.pool.query<{ n: number }>('select kernel_prune_outbox($1) as n', [bite]);
    const n = result.rows[0]?.n ?? 0;
    pruned += n;
    if (n < bite) return pruned;
  }
}
