// npm test: everything, browser specs included. `npm test -- areas` runs the tests whose path has "areas".
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buildFrontEnds } from './lib/front-ends.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { ensurePeers } from './lib/peers.mjs';
import { checkMachine } from './lib/project.mjs';
import { seconds } from './lib/run.mjs';
import { browserStep, checkStep, databaseTests, hasBrowserSpecs, vitestStep } from './lib/test-steps.mjs';

checkMachine();
const filters = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const requirePeers = process.env.WANGGE_REQUIRE_PEERS === '1';
await ensureInstalled();
const missing = await ensurePeers();
const scratch = mkdtempSync(join(tmpdir(), 'wangge-test-'));
const total = { passed: 0, failed: 0, skipped: 0 };
const summary = [];
const failures = [];

async function step(title, work) {
  process.stdout.write(`\n── ${title}\n`);
  const started = Date.now();
  const result = await work();
  for (const key of Object.keys(total)) total[key] += result[key];
  failures.push(...(result.failures ?? []));
  const counts = `${result.passed} passed, ${result.failed} failed, ${result.skipped} skipped`;
  summary.push(`${result.failed === 0 ? 'ok    ' : 'FAILED'} ${title}: ${counts} (${seconds(Date.now() - started)})`);
}

/** Without its peer a step is one skipped test, or a failed one where peers are required. */
async function stepWith(peer, title, work) {
  if (!missing.has(peer)) return step(title, work);
  const why = `${peer} is not installed`;
  await step(`${title} (${why})`, async () => ({
    passed: 0,
    failed: requirePeers ? 1 : 0,
    skipped: requirePeers ? 0 : 1,
  }));
}

try {
  if (filters.length === 0) await step('types, lint, format, dead code, boundaries', checkStep);
  await step('tests on PostgreSQL 18 out of npm', () => vitestStep(filters, {}, join(scratch, 'npm.json')));
  const onDebian = databaseTests(filters);
  if (onDebian.length > 0) {
    await stepWith('postgresql-15', 'tests of the database on PostgreSQL 15 of Debian', () =>
      vitestStep(onDebian, { WANGGE_TEST_PG: 'debian' }, join(scratch, 'debian.json')),
    );
  }
  if (hasBrowserSpecs()) {
    await stepWith('chromium', 'closed loops in a browser', async () => {
      if (!(await buildFrontEnds())) return { passed: 0, failed: 1, skipped: 0 };
      return browserStep(filters, {}, join(scratch, 'browser.json'));
    });
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}
for (const failure of failures) process.stdout.write(`\nfailed: ${failure}\n`);
process.stdout.write(`\n${summary.join('\n')}\n`);
if (missing.has('fonts-noto-cjk') && requirePeers) {
  process.stdout.write('FAILED fonts-noto-cjk is not installed\n');
  total.failed++;
}
process.stdout.write(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped\n`);
process.exitCode = total.failed === 0 ? 0 : 1;
