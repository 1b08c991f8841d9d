// npm run demo:cameras: cameras of the demo town, under Node 24 like the server.
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { ensureInstalled } from './lib/install.mjs';
import { checkMachine, childEnv, node24, root } from './lib/project.mjs';

checkMachine();
await ensureInstalled();
const command = [node24(), join(root, 'simulators/cameras/src/main.ts'), ...process.argv.slice(2)];
if (typeof process.execve === 'function') process.execve(command[0], command, childEnv());
const cameras = spawn(command[0], command.slice(1), { stdio: 'inherit', env: childEnv() });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => cameras.kill(signal));
cameras.once('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
