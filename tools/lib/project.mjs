// Facts about the project that every tool needs. Plain JavaScript: runs before anything is installed.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Absolute root of the project. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Oldest Node that may run the tools; the server itself runs under the Node that npm brings. */
const oldest = [20, 19];

/** Ends the program with one line when this Node is too old or the system is not Linux. */
export function checkMachine() {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
    fail(`Wangge needs Node ${oldest.join('.')} or newer, this is ${process.versions.node}: https://nodejs.org`);
  }
  if (process.platform !== 'linux' || !['x64', 'arm64'].includes(process.arch)) {
    fail(`Wangge runs on Linux on x64 or arm64, this is ${process.platform}-${process.arch}`);
  }
}

/** The Node 24 that npm installed, or this one where it is as new. */
export function node24() {
  const installed = join(root, 'node_modules/.bin/node');
  if (existsSync(installed)) return installed;
  if (Number(process.versions.node.split('.')[0]) >= 24) return process.execPath;
  fail(`Node 24 is not in node_modules (package node-linux-${process.arch}): run npm ci without --omit=optional`);
}

/** The environment of children: the project's own programs and Node first. */
export function childEnv(more = {}) {
  return { ...process.env, PATH: `${join(root, 'node_modules/.bin')}:${process.env.PATH ?? ''}`, ...more };
}

export function fail(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
