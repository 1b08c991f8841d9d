// The steps of npm test: each runs one tool and answers how many tests passed, failed and were skipped.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { node24, root } from './project.mjs';
import { run } from './run.mjs';

const none = { passed: 0, failed: 0, skipped: 0 };
const program = (path) => [node24(), join(root, 'node_modules', path)];

/** Types, lint, format, dead code, boundaries: one test each. */
export async function checkStep() {
  const { code, output } = await run(process.execPath, ['tools/check.mjs'], { show: true });
  const [, passed, failed] = /(\d+) checks passed, (\d+) failed/.exec(output) ?? [];
  if (passed === undefined) return { ...none, failed: 1 };
  return { ...none, passed: Number(passed), failed: Math.max(Number(failed), code === 0 ? 0 : 1) };
}

/**
 * @param {readonly string[]} filters  parts of paths of test files; none: all
 * @param {Record<string, string>} env
 * @param {string} resultFile
 */
export async function vitestStep(filters, env, resultFile) {
  const [command, ...args] = [...program('vitest/vitest.mjs'), 'run', ...filters, '--passWithNoTests'];
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${resultFile}`];
  const { code } = await run(command, [...args, ...reporters], { env, show: true });
  if (!existsSync(resultFile)) return { ...none, failed: 1 };
  const result = JSON.parse(readFileSync(resultFile, 'utf8'));
  const failed = result.numFailedTests;
  const failures = result.testResults.flatMap((file) => [
    ...(file.message ? [failure(file.name, file.message)] : []),
    ...file.assertionResults
      .filter((test) => test.status === 'failed')
      .map((test) => failure(`${file.name}: ${test.fullName}`, test.failureMessages.join('\n'))),
  ]);
  return {
    failures,
    passed: result.numPassedTests,
    // A file that cannot be loaded, or an error outside any test, fails the run without failing a test.
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: result.numPendingTests + result.numTodoTests,
  };
}

/** Test files that use a database through the kernel's test kit. */
export function databaseTests(filters) {
  const found = ['packages', 'modules', 'apps']
    .flatMap((kind) => walk(kind))
    .filter((path) => {
      const text = readFileSync(join(root, path), 'utf8');
      return /@wangge\/kernel\/testkit|\/testkit\/index\.ts/.test(text);
    });
  return filters.length === 0 ? found : found.filter((path) => filters.some((filter) => path.includes(filter)));
}

function walk(folder) {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return ['node_modules', 'dist'].includes(entry.name) ? [] : walk(path);
    return entry.name.endsWith('.test.ts') ? [path] : [];
  });
}

export function hasBrowserSpecs() {
  return existsSync(join(root, 'e2e/playwright.config.ts'));
}

export async function browserStep(filters, env, resultFile) {
  const [command, ...args] = [
    ...program('@playwright/test/cli.js'),
    'test',
    '-c',
    'e2e/playwright.config.ts',
    ...filters,
  ];
  const reporters = ['--reporter=list,json', '--pass-with-no-tests'];
  const where = { ...env, PLAYWRIGHT_JSON_OUTPUT_NAME: resultFile };
  const { code } = await run(command, [...args, ...reporters], { env: where, show: true });
  if (!existsSync(resultFile)) return { ...none, failed: 1 };
  const { stats, suites, errors } = JSON.parse(readFileSync(resultFile, 'utf8'));
  // A flaky test passed at last, but a loop that closes only sometimes is not closed.
  const failed = stats.unexpected + stats.flaky;
  return {
    passed: stats.expected,
    failed: failed === 0 && code !== 0 ? 1 : failed,
    skipped: stats.skipped,
    failures: [...errors.map((error) => failure('specs', error.message)), ...suites.flatMap(specFailures)],
  };
}

function specFailures({ suites = [], specs = [] }) {
  const own = specs.flatMap(({ file, line, title, tests }) =>
    tests
      .filter((test) => test.status === 'unexpected' || test.status === 'flaky')
      .map(({ results }) => {
        const error = results.find((result) => result.error)?.error;
        const where = error?.location ? ` (failed in line ${error.location.line})` : '';
        return failure(`${file}:${line}: ${title}${where}`, error?.message);
      }),
  );
  return [...own, ...suites.flatMap(specFailures)];
}

/** Name and the beginning of what went wrong: who reads the end of a long log finds it there. */
function failure(name, message) {
  const lines = stripVTControlCharacters(String(message ?? 'no message')).split('\n');
  return [name.replace(`${root}/`, ''), ...lines.slice(0, 12).map((line) => `    ${line}`)].join('\n');
}
