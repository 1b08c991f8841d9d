// node_modules as the lock file says, installed only when it is not so already.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { fail, root } from './project.mjs';
import { run, seconds } from './run.mjs';

const marker = join(root, 'node_modules/.wangge-lock');

/** Install what the lock file names; costs a few milliseconds when it is there. */
export async function ensureInstalled() {
  const lockText = readFileSync(join(root, 'package-lock.json'), 'utf8');
  const wanted = createHash('sha256').update(lockText).update(process.arch).digest('hex');
  if (isMarked(wanted)) return;
  // Two starts at once: one installs, the other waits, since npm ci begins by removing everything.
  const release = await takeTurn();
  try {
    if (isMarked(wanted)) return;
    if (!sameAsInstalled(lockText)) await install(Object.keys(JSON.parse(lockText).packages).length);
    writeFileSync(marker, wanted);
  } finally {
    release();
  }
}

function isMarked(wanted) {
  return existsSync(marker) && readFileSync(marker, 'utf8') === wanted;
}

/** Compares the lock file with what npm noted about node_modules when it last finished. */
function sameAsInstalled(lockText) {
  const noted = join(root, 'node_modules/.package-lock.json');
  if (!existsSync(noted)) return false;
  const wanted = JSON.parse(lockText).packages;
  const found = JSON.parse(readFileSync(noted, 'utf8')).packages;
  return Object.entries(wanted).every(([path, entry]) => {
    if (!path.startsWith('node_modules/')) return true;
    const there = found[path];
    if (there === undefined) return entry.optional === true || entry.devOptional === true || entry.peer === true;
    return there.version === entry.version && there.link === entry.link;
  });
}

async function install(total) {
  process.stdout.write(`Installing ${total} packages with npm, once; this takes one to three minutes …\n`);
  const started = Date.now();
  const progress = setInterval(
    () => {
      // Folders come before their content, so this is a sign of life rather than a measure.
      const line = `  ${countPackages()} of about ${total} begun, ${seconds(Date.now() - started)}`;
      process.stdout.write(process.stdout.isTTY ? `\r${line}` : `${line}\n`);
    },
    process.stdout.isTTY ? 1000 : 10_000,
  );
  const result = await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { env: npmEnv() });
  clearInterval(progress);
  if (result.code !== 0) {
    const why = result.output
      .split('\n')
      .filter((line) => /^npm error \S/.test(line))
      .slice(0, 8)
      .join('\n');
    fail(`${why}\nnpm ci failed. Is the network reachable, and does this account own ${root}?`);
  }
  process.stdout.write(`${process.stdout.isTTY ? '\r' : ''}Installed in ${seconds(result.ms)}.\n`);
}

/** npm must not run under a Node of the folder that it is about to remove. */
function npmEnv() {
  const path = (process.env.PATH ?? '').split(':').filter((entry) => !entry.endsWith('node_modules/.bin'));
  return { CI: '1', PATH: path.join(':') };
}

function countPackages() {
  const modules = join(root, 'node_modules');
  if (!existsSync(modules)) return 0;
  return readdirSync(modules).reduce(
    (sum, name) => sum + (name.startsWith('@') ? readdirSync(join(modules, name)).length : 1),
    0,
  );
}

/** One installer at a time in this folder, by a file that names its process. */
async function takeTurn() {
  const turn = join(tmpdir(), `wangge-install-${createHash('sha256').update(root).digest('hex').slice(0, 16)}.pid`);
  for (let told = false; ; told = true) {
    try {
      writeFileSync(turn, String(process.pid), { flag: 'wx' });
      return () => rmSync(turn, { force: true });
    } catch (error) {
      if (error.code !== 'EEXIST') return () => undefined;
    }
    const holder = Number(readFileSync(turn, { encoding: 'utf8', flag: 'a+' }));
    if (!isAlive(holder)) {
      rmSync(turn, { force: true });
      continue;
    }
    if (!told) process.stdout.write(`Another start (process ${holder}) is installing; waiting for it …\n`);
    await delay(500);
  }
}

function isAlive(pid) {
  try {
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}
