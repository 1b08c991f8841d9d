/** Server settings for a town's single machine, sized so that the whole tree stays under 600 MB. */
export type PostgresSettings = Readonly<Record<string, string | number>>;

export const townSettings: PostgresSettings = {
  shared_buffers: '112MB',
  max_connections: 60,
  work_mem: '6MB',
  maintenance_work_mem: '64MB',
  effective_cache_size: '512MB',
  max_wal_size: '1GB',
  min_wal_size: '80MB',
  wal_compression: 'on',
  checkpoint_timeout: '15min',
  random_page_cost: 1.1,
  // Queries here are short: compiling them costs more than it saves, and memory in every backend.
  jit: 'off',
  max_worker_processes: 4,
  max_parallel_workers: 2,
  max_parallel_workers_per_gather: 1,
  autovacuum_max_workers: 2,
  // Nobody replicates from here: no slots, no senders, less WAL.
  wal_level: 'minimal',
  max_wal_senders: 0,
  idle_in_transaction_session_timeout: '5min',
  // Partitioned tables take one lock a partition.
  max_locks_per_transaction: 256,
  timezone: 'UTC',
  log_timezone: 'UTC',
  // Statements and rows that failed carry personal data; the application reports its own errors.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
  logging_collector: 'off',
};

/** For tests and benchmarks that may lose everything: no waiting for the disk. */
export const throwawaySettings: PostgresSettings = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** As `-c name=value` words of a command line. */
export function settingArgs(settings: PostgresSettings): string[] {
  return Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
}
