// npm start: installs what is missing, builds the front ends, then becomes the server under Node 24.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { buildFrontEnds } from './lib/front-ends.mjs';
import { ensureInstalled } from './lib/install.mjs';
import { checkMachine, childEnv, node24, root } from './lib/project.mjs';

checkMachine();
const args = process.argv.slice(2);
const onlyHelp = args.includes('--help') || args.includes('-h');
await ensureInstalled();
if (!onlyHelp && !(await buildFrontEnds())) {
  // Reports must come in even when one of the three front ends is broken.
  process.stderr.write('Not every front end could be built; starting without it.\n');
}

const command = [node24(), join(root, 'apps/server/bin/wangge.mjs'), 'start', ...args];
if (typeof process.execve === 'function') {
  // Becoming the server keeps the pid that npm signals, and saves the memory of a process that only waits.
  process.execve(command[0], command, childEnv());
}
const server = spawn(command[0], command.slice(1), { stdio: 'inherit', env: childEnv() });
// Ctrl-C reaches the server by itself as well; it takes the second signal for the first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => server.kill(signal));
server.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
