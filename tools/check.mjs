// npm run check: types, lint, format, dead code and the boundary rules, side by side.
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { checkMachine, node24, root } from './lib/project.mjs';
import { run, seconds } from './lib/run.mjs';

checkMachine();
await ensureInstalled();
const node = node24();
const program = (path) => [node, join(root, 'node_modules', path)];

// What is unchanged since the last check is not checked again.
const buildInfo = ['--incremental', '--tsBuildInfoFile', 'node_modules/.cache/check.tsbuildinfo'];
// Every further type checker works the shared types out again, twice the work for four of them. With few cores
// that costs more than it saves: each program on one core then, and its collector of garbage (both are Go) seldom.
const small = availableParallelism() <= 4;
const oneChecker = small ? ['--singleThreaded'] : [];
const seldom = small ? { GOGC: '400', GOMEMLIMIT: '1500MiB' } : {};
// Longest first, so that the last one to end began early.
const checks = [
  {
    name: 'types',
    command: [...program('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json', ...buildInfo, ...oneChecker],
    env: seldom,
  },
  {
    name: 'lint',
    command: [...program('oxlint/bin/oxlint'), '.'],
    env: small ? { ...seldom, GOMAXPROCS: '1' } : {},
  },
  { name: 'dead code', command: [...program('knip/bin/knip.js'), '--no-progress', '--no-config-hints'] },
  { name: 'format', command: [...program('oxfmt/bin/oxfmt'), '--check', '.'] },
  { name: 'boundaries', command: [node, 'tools/boundaries/main.ts'] },
];

const started = Date.now();
const waiting = [...checks];
let failed = 0;
async function worker() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const [command, ...args] = check.command;
    const { code, output, ms } = await run(command, args, { env: check.env ?? {} });
    if (code !== 0) failed++;
    const showAll = code !== 0 || /^warning:/m.test(output);
    process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name.padEnd(10)} ${seconds(ms)}\n`);
    if (showAll) process.stdout.write(`${output.trimEnd()}\n`);
  }
}
await Promise.all(Array.from({ length: Math.max(2, Math.min(checks.length, availableParallelism())) }, worker));
process.stdout.write(`${checks.length - failed} checks passed, ${failed} failed, ${seconds(Date.now() - started)}\n`);
process.exitCode = failed === 0 ? 0 : 1;
