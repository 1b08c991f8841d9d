// The front ends' builds, made when their sources differ from those of the last build.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { brotliCompressSync, constants } from 'node:zlib';
import { node24, root } from './project.mjs';
import { run, seconds } from './run.mjs';

const apps = ['console', 'field', 'portal'];

/** Build every front end that is missing or older than its sources. @returns {Promise<boolean>} false when one fails */
export async function buildFrontEnds({ force = false } = {}) {
  let allBuilt = true;
  for (const app of apps) {
    const home = join(root, 'apps', app);
    if (!existsSync(join(home, 'vite.config.ts'))) continue;
    const marker = join(home, 'dist/.sources');
    const sources = hashSources(home);
    if (!force && existsSync(marker) && readFileSync(marker, 'utf8') === sources) continue;
    process.stdout.write(`Building apps/${app} … `);
    // Written last: a build that was killed in the middle counts as none.
    rmSync(marker, { force: true });
    const vite = join(root, 'node_modules/vite/bin/vite.js');
    const result = await run(node24(), [vite, 'build', '--logLevel', 'warn'], {
      cwd: home,
      env: { NODE_ENV: 'production', NO_COLOR: '1' },
    });
    if (result.code !== 0) {
      process.stdout.write(`failed\n${result.output.split('\n').slice(0, 12).join('\n')}\n`);
      allBuilt = false;
      continue;
    }
    mkdirSync(join(home, 'dist'), { recursive: true });
    compressFiles(join(home, 'dist'));
    writeFileSync(marker, sources);
    process.stdout.write(`${seconds(result.ms)}\n`);
  }
  return allBuilt;
}

/** A Brotli form beside every text worth it, so that no request has to make it. */
function compressFiles(folder) {
  for (const file of filesUnder(folder)) {
    if (!/\.(js|css|html|svg|json|webmanifest)$/.test(file) || existsSync(`${file}.br`)) continue;
    const text = readFileSync(file);
    if (text.length < 1024) continue;
    // 9 of 11: the last two levels take ten times as long for two per cent.
    writeFileSync(`${file}.br`, brotliCompressSync(text, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }));
  }
}

/**
 * Hash of everything that goes into a front end: its own files, our packages it uses, contracts, the lock file
 * (which names the Node that builds; the one that runs this differs between the first start and the second).
 */
function hashSources(home) {
  const folders = new Set([home]);
  const files = new Set([join(root, 'package-lock.json')]);
  collect(home, folders, files);
  const all = [...folders].flatMap((folder) => filesUnder(folder));
  const hash = createHash('sha256');
  for (const file of [...all, ...files].toSorted((a, b) => (a < b ? -1 : 1)))
    hash.update(relative(root, file)).update('\0').update(readFileSync(file));
  return hash.digest('hex');
}

/** Of our own packages a front end may import everything, of modules only the contract. */
function collect(home, folders, files) {
  const manifest = JSON.parse(readFileSync(join(home, 'package.json'), 'utf8'));
  for (const name of Object.keys(manifest.dependencies ?? {})) {
    if (!name.startsWith('@wangge/')) continue;
    const short = name.slice('@wangge/'.length);
    const asPackage = join(root, 'packages', short);
    const asModule = join(root, 'modules', short, 'src');
    if (existsSync(asPackage)) {
      if (folders.has(asPackage)) continue;
      folders.add(asPackage);
      collect(asPackage, folders, files);
    } else if (existsSync(asModule)) {
      for (const file of filesUnder(asModule)) if (/\/contract[/.]/.test(file.slice(asModule.length))) files.add(file);
    }
  }
}

const skipped = new Set(['node_modules', 'dist', 'test']);

function filesUnder(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (entry.isDirectory()) return skipped.has(entry.name) ? [] : filesUnder(join(folder, entry.name));
    return entry.isFile() ? [join(folder, entry.name)] : [];
  });
}
