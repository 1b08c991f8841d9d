/** One server for all specs, started before the first and stopped after the last. */
import { startServer } from './server.ts';

export default async function globalSetup(): Promise<() => Promise<void>> {
  if (process.env['WANGGE_E2E_URL'] !== undefined) return () => Promise.resolve();
  const { url, stop } = await startServer();
  process.env['WANGGE_E2E_URL'] = url;
  return stop;
}
