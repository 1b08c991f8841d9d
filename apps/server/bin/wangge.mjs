#!/usr/bin/env node
// Runs the command line under the Node that npm brought, whatever Node the machine has.
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
// As a whole: an older Node, which only starts the newer one, does not have the compile cache.
import * as nodeModule from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const home = dirname(dirname(fileURLToPath(import.meta.url)));
const root = dirname(dirname(home));
if (Number(process.versions.node.split('.')[0]) >= 24) {
  // Compiled and type-stripped code is kept, for this process and its children: half the time of a warm start.
  process.env.NODE_COMPILE_CACHE ??= join(root, 'node_modules/.cache/node');
  nodeModule.enableCompileCache(process.env.NODE_COMPILE_CACHE);
  await import('../src/cli.ts');
} else {
  const node = join(root, 'node_modules/.bin/node');
  if (!existsSync(node)) {
    process.stderr.write('Node 24 is not in node_modules: run npm ci first\n');
    process.exit(1);
  }
  const child = spawn(node, [fileURLToPath(import.meta.url), ...process.argv.slice(2)], { stdio: 'inherit' });
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));
  child.once('exit', (code) => process.exit(code ?? 1));
}
