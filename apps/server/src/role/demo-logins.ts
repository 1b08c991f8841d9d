/** The demo's passwords, kept so that every start can show them; nothing of a real town is in here. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

const loginSchema = z.object({ login: z.string(), password: z.string(), name: z.string(), role: z.string() });
export type DemoLogin = z.infer<typeof loginSchema>;

const fileOf = (dataDir: string): string => join(dataDir, 'demo-accounts.json');

export function writeDemoLogins(dataDir: string, logins: readonly DemoLogin[]): void {
  writeFileSync(fileOf(dataDir), JSON.stringify(logins, null, 2), { mode: 0o600 });
}

export function readDemoLogins(dataDir: string): DemoLogin[] {
  if (!existsSync(fileOf(dataDir))) return [];
  return z.array(loginSchema).parse(JSON.parse(readFileSync(fileOf(dataDir), 'utf8')));
}
