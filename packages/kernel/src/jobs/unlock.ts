/** Frees the jobs that a killed job runner held: otherwise they would wait four hours for its lock to lapse. */
import type pg from 'pg';

/** All job runners of a town connect under this name. */
export const jobsApplication = 'wangge-jobs';

/**
 * Unlocks every job when no job runner is connected to this database. Where another one is alive
 * nothing is touched: its locks are its own, and those of a dead third lapse by themselves.
 *
 * @returns how many workers' locks were freed
 */
export async function unlockAbandoned(pool: pg.Pool): Promise<number> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    // Two runners starting at once must not each take the other for the only one.
    await client.query('select pg_advisory_xact_lock(1466921573)');
    const alive = await client.query(
      `select 1 from pg_stat_activity where application_name = $1 and datname = current_database() and pid <> pg_backend_pid() limit 1`,
      [jobsApplication],
    );
    let freed = 0;
    if (alive.rowCount === 0) {
      const held = await client.query<{ worker: string }>(
        `select distinct locked_by as worker from graphile_worker._private_jobs where locked_by is not null
         union select distinct locked_by from graphile_worker._private_job_queues where locked_by is not null`,
      );
      freed = held.rows.length;
      if (freed > 0) {
        await client.query('select graphile_worker.force_unlock_workers($1::text[])', [held.rows.map((r) => r.worker)]);
      }
    }
    await client.query('commit');
    return freed;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}
