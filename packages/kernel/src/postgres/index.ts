/** Run the real PostgreSQL that npm brings, or Debian's, as a child of this process. */
export { debianPostgres, findBinaries, npmPostgres } from './binaries.ts';
export type { PostgresBinaries, PostgresSource } from './binaries.ts';
export { PostgresError } from './errors.ts';
export { type FolderLock, lockFolder } from './folder-lock.ts';
export { startPostgres } from './server.ts';
export type { PostgresEnd, PostgresOptions, RunningPostgres } from './server.ts';
export { throwawaySettings, townSettings } from './settings.ts';
