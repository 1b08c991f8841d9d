/** The data folder: who holds it, and where the running server's database is found. */
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Failure } from './failure.ts';

const runtimeSchema = z.object({
  pid: z.number().int(),
  ownerUrl: z.string(),
  databaseUrl: z.string(),
  url: z.string(),
  demo: z.boolean(),
});
/** What commands need to work with a running server. */
export type RunningServer = z.infer<typeof runtimeSchema>;

/** Make the folder; under root others may pass through it, because PostgreSQL runs as another account. */
export function prepareDataFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true });
    chmodSync(dataDir, process.getuid?.() === 0 ? 0o711 : 0o700);
  } catch (cause) {
    throw new Failure(`Cannot use the data folder ${dataDir}: ${(cause as Error).message}`);
  }
}

function fileOf(dataDir: string): string {
  return join(dataDir, 'runtime.json');
}

/** It holds passwords: readable by its owner only. */
export function writeRunning(dataDir: string, running: RunningServer): void {
  const partial = `${fileOf(dataDir)}.new`;
  writeFileSync(partial, JSON.stringify(running), { mode: 0o600 });
  renameSync(partial, fileOf(dataDir));
}

export function removeRunning(dataDir: string): void {
  rmSync(fileOf(dataDir), { force: true });
}

/** What the server on this folder wrote. Only the lock on the folder tells whether it still runs. */
export function readRunning(dataDir: string): RunningServer | undefined {
  if (!existsSync(fileOf(dataDir))) return undefined;
  const parsed = runtimeSchema.safeParse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
  return parsed.success ? parsed.data : undefined;
}
