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
// Longest first, so that the last one to end began early.
const checks = [
  { name: 'types', command: [...program('typescript/bin/tsc'), '--noEmit', '-p', 'tsconfig.json', ...buildInfo] },
  { name: 'dead code', command: [...program('knip/bin/knip.js'), '--no-progress', '--no-config-hints'] },
  { name: 'lint', command: [...program('oxlint/bin/oxlint'), '.'] },
  { name: 'format', command: [...program('oxfmt/bin/oxfmt'), '--check', '.'] },
  { name: 'boundaries', command: [node, 'tools/boundaries/main.ts'] },
];

const started = Date.now();
const waiting = [...checks];
let failed = 0;
async function worker() {
  for (let check = waiting.shift(); check; check = waiting.shift()) {
    const [command, ...args] = check.command;
    const { code, output, ms } = await run(command, args);
    if (code !== 0) failed++;
    const showAll = code !== 0 || /^warning:/m.test(output);
    process.stdout.write(`${code === 0 ? 'ok    ' : 'FAILED'} ${check.name.padEnd(10)} ${seconds(ms)}\n`);
    if (showAll) process.stdout.write(`${output.trimEnd()}\n`);
  }
}
await Promise.all(Array.from({ length: Math.max(2, Math.min(checks.length, availableParallelism())) }, worker));
process.stdout.write(`${checks.length - failed} checks passed, ${failed} failed, ${seconds(Date.now() - started)}\n`);
process.exitCode = failed === 0 ? 0 : 1;
