/** The project as the boundary rules see it: packages and their texts, nothing else of the disk. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

export interface SourceFile {
  /** From the project's root, `modules/areas/src/index.ts`. */
  readonly path: string;
  readonly text: string;
}

export interface Package {
  /** `@wangge/areas` */
  readonly name: string;
  /** `modules/areas` */
  readonly folder: string;
  /** Keys of `exports`, `.` and `./contract`. */
  readonly entries: readonly string[];
  readonly files: readonly SourceFile[];
}

export interface Project {
  readonly packages: readonly Package[];
  /** Files outside every package: tools, benchmarks, end-to-end specs, settings, documents. */
  readonly others: readonly SourceFile[];
}

/** Something against a rule; `path:line` lets an editor jump there. */
export interface Violation {
  readonly path: string;
  readonly line: number;
  readonly rule: string;
  readonly message: string;
}

export const kinds = ['packages', 'protocols', 'simulators', 'modules', 'apps'] as const;
const skippedFolders = new Set([
  'node_modules',
  'dist',
  '.git',
  'data',
  'test-results',
  'playwright-report',
  'coverage',
]);
const textFile = /\.(ts|tsx|mjs|js|sql|css|html|json|md|sh|yml|yaml)$|\/\.ci\/run$/;

/** Read everything below the root once. */
export function readProject(root: string): Project {
  const packages = kinds.flatMap((kind) =>
    foldersIn(join(root, kind)).map((name) => readPackage(root, `${kind}/${name}`)),
  );
  const others = readdirSync(root, { withFileTypes: true }).flatMap((entry) => {
    if ((kinds as readonly string[]).includes(entry.name) || skippedFolders.has(entry.name)) return [];
    return entry.isDirectory() ? filesUnder(root, entry.name) : readOne(root, entry.name);
  });
  return { packages, others };
}

function readPackage(root: string, folder: string): Package {
  const manifest = JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as {
    name: string;
    exports?: Record<string, string>;
  };
  return {
    name: manifest.name,
    folder,
    entries: Object.keys(manifest.exports ?? {}),
    files: filesUnder(root, folder),
  };
}

function foldersIn(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder).filter((name) => existsSync(join(folder, name, 'package.json')));
}

function filesUnder(root: string, folder: string): SourceFile[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : filesUnder(root, path);
    return entry.isFile() ? readOne(root, path) : [];
  });
}

function readOne(root: string, path: string): SourceFile[] {
  return textFile.test(`/${path}`) ? [{ path, text: readFileSync(join(root, path), 'utf8') }] : [];
}

export function isCode(file: SourceFile): boolean {
  return /\.(ts|tsx|mjs)$/.test(file.path);
}
export function isTest(file: SourceFile): boolean {
  return /(^|\/)(test|e2e)\//.test(file.path) || /\.(test|spec)\.ts$/.test(file.path);
}
