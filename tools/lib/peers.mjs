// Programs of Debian that the tests talk to: the browser, its fonts, the second PostgreSQL.
import { existsSync } from 'node:fs';
import { run } from './run.mjs';

const peers = [
  { name: 'chromium', file: '/usr/bin/chromium', why: 'browser specs' },
  {
    name: 'fonts-noto-cjk',
    file: '/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc',
    why: 'Chinese on screenshots',
  },
  { name: 'postgresql-15', file: '/usr/lib/postgresql/15/bin/postgres', why: 'API tests on PostgreSQL 15' },
];

/**
 * Installs what is missing where this account may (root with apt; never sudo), else prints the line that does.
 *
 * @returns {Promise<Set<string>>} names of the packages that are still missing
 */
export async function ensurePeers() {
  let missing = findMissing();
  if (missing.length === 0) return new Set();
  const names = missing.map((peer) => peer.name);
  const line = `apt-get install -y --no-install-recommends ${names.join(' ')}`;
  process.stdout.write('The tests use Debian packages that are not installed:\n');
  for (const { name, why } of missing) process.stdout.write(`  ${name}: ${why}\n`);
  if (process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) {
    process.stdout.write(`Install them as root with:\n  apt-get update && ${line}\n`);
    return new Set(names);
  }
  process.stdout.write(`Installing: ${line}\n`);
  const env = { DEBIAN_FRONTEND: 'noninteractive' };
  await run('apt-get', ['update', '-q'], { env });
  const { code, output } = await run(line.split(' ')[0], line.split(' ').slice(1), { env });
  if (code !== 0) process.stdout.write(`${output.trim().split('\n').slice(-5).join('\n')}\n`);
  missing = findMissing();
  return new Set(missing.map((peer) => peer.name));
}

function findMissing() {
  return peers.filter((peer) => !existsSync(peer.file));
}
