export { type Actor, type ActorPost, anonymousActor, reachOf, scopeKey, systemActor } from './access/actor.ts';
export {
  authorise,
  can,
  type PermissionRule,
  type PermissionTable,
  permissionsOf,
  type Target,
} from './access/permissions.ts';
export { type AuditVerdict, verifyAudit } from './audit/verify.ts';
export { backup, type BackupResult } from './backup/backup.ts';
export { BackupError, type BackupProgress, type OnProgress } from './backup/manifest.ts';
export { restore, type RestoreResult } from './backup/restore.ts';
export { type Clock, dayIn, systemClock, TestClock } from './clock.ts';
export { type Config, isLoopbackUrl } from './config.ts';
export { ensureAppLogin, migrate } from './db/migrate.ts';
export { isUniqueViolation } from './db/pool.ts';
export { empty, fixedSql, join, sql, type Sql } from './db/sql.ts';
export type { AuditEntry, EventScope, JobOptions, Tx } from './db/tx.ts';
export {
  cameraPhotos,
  claimPhotos,
  photosOf,
  photoSums,
  type PhotoWord,
  type StoredPhoto,
  storePhoto,
} from './files/photos.ts';
export type { FileStore, StoredBytes } from './files/file-store.ts';
export { type ApiOptions, buildApi } from './http/app.ts';
export { errorBodyOf, type ErrorPage, toAppError } from './http/errors.ts';
export { type Call, handle, type Handler } from './http/handle.ts';
export { checkSameOrigin } from './http/request-guard.ts';
export { type JobsOptions, startJobs } from './jobs/worker.ts';
export { kernelModule } from './kernel-module.ts';
export { type Keys, keysFrom, loadKeys, sealedHint } from './keys.ts';
export type { LiveEvent } from './live/bus.ts';
export {
  type Authenticate,
  defineHook,
  defineModule,
  type Hook,
  type JobHandler,
  type Module,
  onHook,
  runHook,
} from './module.ts';
export { openRuntime, type Runtime } from './runtime.ts';
export { readOrCreate } from './secret-file.ts';
export { readSetting, writeSetting } from './settings.ts';
export { localTexts, localTimeIn } from './tables/local-time.ts';
export { sendTable, type TableFormat } from './tables/send-table.ts';
export type { Cell, Table, TableColumn } from './tables/table.ts';
