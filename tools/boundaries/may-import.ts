/** Who may import whom: the house of docs/architecture.md as data. */
import { posix } from 'node:path';
import { type Import, importsOf } from './imports.ts';
import { type Package, type Project, type SourceFile, type Violation, isCode, isTest } from './project.ts';

/** Call order of the modules: each may call only those before it. */
export const moduleOrder: readonly string[] = [
  'areas',
  'staff',
  'approvals',
  'residents',
  'notify',
  'incidents',
  'dispatch',
  'patrols',
  'video',
  'broadcast',
  'vision',
  'portal',
  'points',
  'analytics',
  'integrations',
];

/** What a package under packages/ may import of ours, contracts aside. */
const packageMay: Readonly<Record<string, readonly string[]>> = {
  'contract-kit': [],
  geo: [],
  texts: ['contract-kit'],
  kernel: ['contract-kit', 'texts', 'geo'],
  client: ['contract-kit'],
  ui: ['contract-kit', 'client', 'texts', 'geo'],
};
/** Packages that may look at contracts: they run in a browser, where a contract is all there is of a module. */
const contractReaders = new Set(['client', 'ui']);
const forModules = ['contract-kit', 'kernel', 'geo', 'texts'];
const forFrontEnds = ['contract-kit', 'client', 'ui', 'texts', 'geo'];
const frontEnds = new Set(['console', 'field', 'portal']);

export function checkImports(project: Project): Violation[] {
  const byName = new Map(project.packages.map((p) => [p.name, p]));
  return project.packages.flatMap((pkg) =>
    pkg.files.filter(isCode).flatMap((file) =>
      importsOf(file.text).flatMap((one) => {
        const message = one.specifier.startsWith('.')
          ? judgeRelative(pkg, file, one)
          : judgePackage(pkg, file, one, byName);
        return message === undefined ? [] : [{ path: file.path, line: one.line, rule: 'imports', message }];
      }),
    ),
  );
}

function judgeRelative(pkg: Package, file: SourceFile, one: Import): string | undefined {
  const target = posix.join(posix.dirname(file.path), one.specifier.replace(/\?.*$/, ''));
  if (!target.startsWith(`${pkg.folder}/`)) return `${one.specifier} leaves the package: import it by its name`;
  if (!/\.[a-z0-9]+$/.test(target)) return `${one.specifier} must carry its ending`;
  if (isContract(file) && !isContract({ path: target }))
    return `a contract imports other contracts only, not ${one.specifier}`;
  if (isPure(file) && !isContract({ path: target }) && !isPure({ path: target })) {
    return `rules are pure: they import contracts and other rules only, not ${one.specifier}`;
  }
  return undefined;
}

function judgePackage(
  pkg: Package,
  file: SourceFile,
  one: Import,
  byName: ReadonlyMap<string, Package>,
): string | undefined {
  const ours = /^(@wangge\/[^/]+)(?:\/(.+))?$/.exec(one.specifier);
  if (!ours) return judgeForeign(file, one);
  const target = byName.get(ours[1] ?? '');
  const entry = ours[2] === undefined ? '.' : `./${ours[2]}`;
  if (!target) return `there is no package ${ours[1]}`;
  if (target === pkg) return isTest(file) ? undefined : `a package imports its own files by path, not ${one.specifier}`;
  if (!target.entries.some((known) => matches(known, entry)))
    return `${one.specifier} is not an entry of ${target.name}`;
  const contract = entry === './contract';
  const [kind, name = ''] = target.folder.split('/');
  const [ownKind, ownName = ''] = pkg.folder.split('/');
  if (kind === 'apps') return ownName === 'server' ? undefined : `nothing imports an app (${one.specifier})`;
  if (isContract(file)) {
    if (name === 'contract-kit') return undefined;
    return contract && isAbove(target, pkg)
      ? undefined
      : `a contract imports contracts above it only, not ${one.specifier}`;
  }
  if (isPure(file)) {
    if (name === 'contract-kit' || name === 'geo') return undefined;
    return contract && isAbove(target, pkg) ? undefined : `rules import contracts and geo only, not ${one.specifier}`;
  }
  switch (ownKind) {
    case 'packages': {
      if (packageMay[ownName]?.includes(name)) return undefined;
      return contract && contractReaders.has(ownName)
        ? undefined
        : `packages/${ownName} may not import ${one.specifier}`;
    }
    case 'protocols':
    case 'simulators':
      return kind === 'protocols' || name === 'contract-kit' || name === 'geo'
        ? undefined
        : `a protocol stands alone: it may not import ${one.specifier}`;
    case 'modules': {
      if (kind === 'protocols' || (kind === 'packages' && forModules.includes(name))) return undefined;
      if (kind === 'modules' && isAbove(target, pkg)) return undefined;
      return `modules/${ownName} may not import ${one.specifier}${kind === 'modules' ? ', which is below it' : ''}`;
    }
    default: {
      if (ownName === 'server') return undefined;
      if (!frontEnds.has(ownName)) return undefined;
      if (ownName === 'portal' && !one.typeOnly && name !== 'texts') {
        return `residents' pages stay small: import type only from ${one.specifier}`;
      }
      if (contract || (kind === 'packages' && forFrontEnds.includes(name))) return undefined;
      return ownName === 'portal' && one.typeOnly
        ? undefined
        : `a front end imports contracts, client, ui, texts and geo only, not ${one.specifier}`;
    }
  }
}

function judgeForeign(file: SourceFile, one: Import): string | undefined {
  if (isContract(file) && one.specifier !== 'zod')
    return `a contract imports zod and contracts only, not ${one.specifier}`;
  if (isPure(file) && one.specifier !== 'zod')
    return `rules are pure: they import contracts and geo only, not ${one.specifier}`;
  return undefined;
}

function matches(known: string, entry: string): boolean {
  const star = known.indexOf('*');
  return star === -1
    ? known === entry
    : entry.startsWith(known.slice(0, star)) && entry.endsWith(known.slice(star + 1));
}

/** The kernel is above every module; among modules the order of the list counts. */
function isAbove(target: Package, pkg: Package): boolean {
  const [kind, name = ''] = target.folder.split('/');
  if (kind === 'packages') return true;
  return moduleOrder.indexOf(name) < moduleOrder.indexOf(pkg.folder.split('/')[1] ?? '');
}

/** `states.ts` holds the table of states that a contract publishes and the workflow follows. */
function isContract(file: { readonly path: string }): boolean {
  return /^(modules|packages)\/[^/]+\/src\/((contract|states)\.ts$|contract\/)/.test(file.path);
}
function isPure(file: { readonly path: string }): boolean {
  return /^modules\/[^/]+\/src\/((rules|workflow)\.ts$|(rules|workflow)\/)/.test(file.path);
}

/** Every module of the tree must have its place in the order, or the order proves nothing. */
export function checkOrder(project: Project): Violation[] {
  return project.packages
    .filter((pkg) => pkg.folder.startsWith('modules/') && !moduleOrder.includes(pkg.folder.split('/')[1] ?? ''))
    .map((pkg) => ({
      path: `${pkg.folder}/package.json`,
      line: 1,
      rule: 'order',
      message: 'this module has no place in the call order (tools/boundaries/may-import.ts)',
    }));
}
