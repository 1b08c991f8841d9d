/** What may not stand in a file: sleeps in tests, silenced checks, paths of somebody's machine. */
import { type Project, type SourceFile, type Violation, isCode, isTest } from './project.ts';

interface Ban {
  readonly rule: string;
  readonly pattern: RegExp;
  readonly message: string;
  readonly where: (file: SourceFile) => boolean;
}

/** The rules' own files and their fixtures spell out what they look for. */
function isOwn(file: SourceFile): boolean {
  return /^tools\/(boundaries|test)\//.test(file.path);
}

const bans: readonly Ban[] = [
  {
    rule: 'sleep',
    pattern: /new Promise[^\n]*setTimeout|waitForTimeout\(|from 'node:timers\/promises'|\bsleep\(/,
    message: 'a test waits for an event or a condition, never for time',
    // Starting the product is no test: there is nothing to listen to yet.
    where: (file) => isTest(file) && !file.path.endsWith('/global-setup.ts'),
  },
  {
    rule: 'focus',
    pattern: /\b(?:it|test|describe)\.(?:only|todo|skip)\(|\.skip\(\s*\)/,
    message: 'no focused test, and no test skipped without saying why at run time',
    where: isTest,
  },
  {
    rule: 'silence',
    pattern: /@ts-(?:ignore|nocheck|expect-error)/,
    message: 'a check is not silenced',
    where: isCode,
  },
  {
    rule: 'left-over',
    pattern: /\b(?:TODO|FIXME|XXX)\b/,
    message: 'finish it or say so in the documents',
    where: isCode,
  },
  {
    rule: 'machine-path',
    pattern: /(?:^|[\s'"`(=:])\/(?:work|home\/[a-z]+|root)\/[a-z.]/,
    message: 'a path of one machine has no place here',
    where: (file) => file.path !== 'package-lock.json',
  },
  {
    rule: 'registry',
    pattern: /"resolved": "https?:/,
    message: 'the lock file names no registry: npm install with omit-lockfile-registry-resolved',
    where: (file) => file.path === 'package-lock.json',
  },
];

export function checkTexts(project: Project): Violation[] {
  const files = [...project.packages.flatMap((pkg) => pkg.files), ...project.others].filter((file) => !isOwn(file));
  return files.flatMap((file) => bans.filter((ban) => ban.where(file)).flatMap((ban) => breaches(file, ban)));
}

function breaches(file: SourceFile, ban: Ban): Violation[] {
  // One look at the whole text spares nearly every file the walk through its lines.
  if (!new RegExp(ban.pattern, 'm').test(file.text)) return [];
  return file.text
    .split('\n')
    .flatMap((text, index) =>
      ban.pattern.test(text) ? [{ path: file.path, line: index + 1, rule: ban.rule, message: ban.message }] : [],
    );
}

/** Files too long to live in, longest first: a warning, since a table may be long for a reason. */
export function longFiles(project: Project, limit = 300): { path: string; lines: number }[] {
  return [...project.packages.flatMap((pkg) => pkg.files), ...project.others]
    .filter((file) => isCode(file) && !isTest(file))
    .map((file) => ({ path: file.path, lines: file.text.split('\n').length - 1 }))
    .filter(({ lines }) => lines > limit)
    .toSorted((a, b) => b.lines - a.lines);
}
