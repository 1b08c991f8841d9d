/** A table carries its module's prefix and is written by that module only. */
import { blankComments, lineAt } from './imports.ts';
import { type Package, type Project, type SourceFile, type Violation, isTest } from './project.ts';

// `truncate on` and `update of` are words of triggers and locks.
const name = String.raw`(?:only\s+)?(?!on\b|of\b)"?([a-z_][a-z0-9_]*)"?`;
/** The job queue's own tables, which the kernel fills beside its outbox. */
const queueOfKernel = 'graphile_worker';
const creates = new RegExp(String.raw`\bcreate\s+(?:unlogged\s+)?table\s+(?:if\s+not\s+exists\s+)?${name}`, 'gi');
const temporary = new RegExp(String.raw`\bcreate\s+temp(?:orary)?\s+table\s+(?:if\s+not\s+exists\s+)?${name}`, 'gi');
const writes = [
  String.raw`\binsert\s+into\s+${name}`,
  String.raw`\bdelete\s+from\s+${name}`,
  String.raw`\bupdate\s+${name}(?:\s+(?:as\s+)?[a-z_][a-z0-9_]*)?\s+set\b`,
  String.raw`\bmerge\s+into\s+${name}`,
  String.raw`\btruncate\s+(?:table\s+)?${name}`,
  String.raw`\bcopy\s+${name}\s*(?:\([^)]*\))?\s*from\b`,
  String.raw`\b(?:alter|drop)\s+table\s+(?:if\s+exists\s+)?${name}`,
].map((pattern) => new RegExp(pattern, 'gi'));

export function checkTables(project: Project): Violation[] {
  return project.packages.flatMap((pkg) => {
    if (!/^modules\/|^packages\/kernel$/.test(pkg.folder)) return [];
    const prefix = `${(pkg.folder.split('/')[1] ?? '').replaceAll('-', '_')}_`;
    const files = pkg.files.filter((file) => !isTest(file) && /\.(sql|ts)$/.test(file.path));
    const transient = new Set(files.flatMap((file) => matchesIn(file, temporary).map((found) => found.table)));
    if (pkg.folder === 'packages/kernel') transient.add(queueOfKernel);
    return files.flatMap((file) => checkFile(file, pkg, prefix, transient));
  });
}

function checkFile(file: SourceFile, pkg: Package, prefix: string, transient: ReadonlySet<string>): Violation[] {
  const made = file.path.endsWith('.sql') ? matchesIn(file, creates) : [];
  const written = writes.flatMap((pattern) => matchesIn(file, pattern));
  return [
    ...made.map((found) => ({ ...found, message: `table ${found.table} must carry the prefix ${prefix}` })),
    ...written.map((found) => ({ ...found, message: `${pkg.folder} writes ${found.table}, which is not its own` })),
  ]
    .filter((found) => !found.table.startsWith(prefix) && !transient.has(found.table))
    .map(({ line, message }) => ({ path: file.path, line, rule: 'tables', message }));
}

function matchesIn(file: SourceFile, pattern: RegExp): { table: string; line: number }[] {
  const text = file.path.endsWith('.sql') ? file.text.replace(/--[^\n]*/g, '') : blankComments(file.text);
  return [...text.matchAll(pattern)].map((match) => ({
    table: (match[1] ?? '').toLowerCase(),
    line: lineAt(text, match.index),
  }));
}
