// npm run bench -- NAME: runs one benchmark and prints last a line `BENCH {"name":…,"metrics":{…}}`.
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { ensureInstalled } from './lib/install.mjs';
import { checkMachine, childEnv, node24, root } from './lib/project.mjs';

checkMachine();
await ensureInstalled();
const runner = join(root, 'tools/lib/bench-runner.ts');
const child = spawn(node24(), [runner, ...process.argv.slice(2)], { stdio: 'inherit', env: childEnv(), cwd: root });
child.once('exit', (code) => process.exit(code ?? 1));
