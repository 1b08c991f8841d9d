/** What a backup says about itself. */
import { z } from 'zod';

/** One line for the person at the terminal: what is wrong, and what to do. */
export class BackupError extends Error {
  constructor(message: string, cause?: unknown) {
    super(message, cause === undefined ? undefined : { cause });
    this.name = 'BackupError';
  }
}

export interface BackupProgress {
  /** `table incidents_incidents`, `files`, `checking` */
  readonly step: string;
  /** Rows and files together; `total` is an estimate that may grow. */
  readonly done: number;
  readonly total: number;
}
export type OnProgress = (progress: BackupProgress) => void;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
export const tableSchema = z.object({
  schema: z.string(),
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.number().int(),
  /** Relative to the backup; gzip of PostgreSQL's COPY text format. */
  file: z.string().regex(/^tables\/[\w.-]+$/),
  sha256,
});
export type BackupTable = z.infer<typeof tableSchema>;
export const partitionSchema = z.object({
  schema: z.string(),
  name: z.string(),
  parent: z.string(),
  /** As PostgreSQL writes it: `FOR VALUES FROM (…) TO (…)`. */
  bound: z.string(),
});
export const sequenceSchema = z.object({
  schema: z.string(),
  name: z.string(),
  /** As text: bigint does not fit a number. */
  lastValue: z.string().regex(/^-?\d+$/),
  isCalled: z.boolean(),
});
export const manifestSchema = z.object({
  format: z.literal(1),
  madeAt: z.string(),
  postgres: z.string(),
  /** Every migration that made the tables, in the order of their running. */
  migrations: z.array(z.object({ module: z.string(), file: z.string(), checksum: z.string() })),
  /** Version of the job queue's own tables. */
  jobsVersion: z.number().int(),
  tables: z.array(tableSchema),
  partitions: z.array(partitionSchema),
  sequences: z.array(sequenceSchema),
  /** `files.sha256`, in the form that sha256sum reads. */
  files: z.object({ count: z.number().int(), sha256 }),
  /** Files that the database knows and the disk does not have. */
  missingFiles: z.array(z.string()),
  /** Tells whether a data key is the one this town's secrets were encrypted with; says nothing about it. */
  keyMark: z.string(),
  note: z.string(),
});
export type Manifest = z.infer<typeof manifestSchema>;

export const keysNote =
  'The folder keys/ of the data folder is not in this backup. Without it encrypted fields (telephone numbers, ' +
  'second factors) cannot be read: keep a copy of it in another place than the backups.';
