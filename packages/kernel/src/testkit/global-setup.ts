/** One PostgreSQL for a whole test run: npm's 18, or Debian's 15 with WANGGE_TEST_PG=debian. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres, throwawaySettings } from '../postgres/index.ts';

/** vitest calls it once before all workers; they learn the address from the environment. */
export default async function setup(): Promise<() => Promise<void>> {
  const folder = mkdtempSync(join(tmpdir(), 'wangge-test-pg-'));
  const server = await startPostgres({
    from: process.env['WANGGE_TEST_PG'] === 'debian' ? 'debian' : 'npm',
    dataDir: join(folder, 'pg'),
    port: 0,
    settings: { ...throwawaySettings, max_connections: 200 },
  });
  process.env['WANGGE_TEST_PG_URL'] = server.url;
  return async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  };
}
