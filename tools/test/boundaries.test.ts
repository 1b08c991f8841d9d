import { describe, expect, it } from 'vitest';
import { importsOf } from '../boundaries/imports.ts';
import { checkImports, checkOrder } from '../boundaries/may-import.ts';
import type { Package, Project, Violation } from '../boundaries/project.ts';
import { checkTables } from '../boundaries/tables.ts';
import { checkTexts, longFiles } from '../boundaries/texts.ts';

const entries: Readonly<Record<string, readonly string[]>> = {
  'packages/contract-kit': ['.'],
  'packages/kernel': ['.', './testkit', './contract'],
  'packages/geo': ['.', './town'],
  'packages/texts': ['.'],
  'packages/client': ['.'],
  'packages/ui': ['.', './*.css'],
  'protocols/rtp': ['.'],
  'modules/areas': ['.', './contract'],
  'modules/incidents': ['.', './contract'],
  'modules/dispatch': ['.', './contract'],
  'apps/server': ['.'],
  'apps/console': ['.'],
  'apps/portal': ['.'],
};

/** A whole small project in which only the given files have content. */
function project(files: Readonly<Record<string, string>>): Project {
  const inside = (folder: string) =>
    Object.entries(files).flatMap(([path, text]) => (path.startsWith(`${folder}/`) ? [{ path, text }] : []));
  const packages = Object.entries(entries).map(([folder, known]): Package => ({
    name: `@wangge/${folder === 'apps/portal' ? 'portal-app' : folder.split('/')[1]}`,
    folder,
    entries: known,
    files: inside(folder),
  }));
  const others = Object.entries(files).flatMap(([path, text]) =>
    Object.keys(entries).some((folder) => path.startsWith(`${folder}/`)) ? [] : [{ path, text }],
  );
  return { packages, others };
}

const places = (found: readonly Violation[]) => found.map(({ path, line }) => `${path}:${line}`);

/** [file, line of code, what the message says]. */
const forbidden: readonly (readonly [string, string, RegExp])[] = [
  ['packages/geo/src/a.ts', `import { x } from '@wangge/contract-kit';`, /packages\/geo may not import/],
  ['packages/contract-kit/src/a.ts', `import type { X } from '@wangge/geo';`, /may not import/],
  ['packages/kernel/src/a.ts', `import { x } from '@wangge/areas';`, /packages\/kernel may not/],
  ['packages/client/src/a.ts', `import { x } from '@wangge/areas';`, /packages\/client may not/],
  ['protocols/rtp/src/a.ts', `import { x } from '@wangge/kernel';`, /stands alone/],
  ['modules/areas/src/a.ts', `import { x } from '@wangge/incidents';`, /below it/],
  ['modules/areas/src/a.ts', `export { x } from '@wangge/incidents/contract';`, /below it/],
  ['modules/areas/src/a.ts', `const x = await import('@wangge/dispatch');`, /below it/],
  ['modules/areas/src/a.ts', `import {\n  x,\n} from '@wangge/dispatch';`, /below it/],
  ['modules/dispatch/src/a.ts', `import { x } from '@wangge/incidents/src/store.ts';`, /not an entry/],
  ['modules/dispatch/src/a.ts', `import { x } from '../../incidents/src/store.ts';`, /leaves the package/],
  ['modules/dispatch/src/a.ts', `import { x } from './store';`, /must carry its ending/],
  ['modules/dispatch/src/a.ts', `import { x } from '@wangge/ui';`, /may not import/],
  ['modules/dispatch/src/a.ts', `import { x } from '@wangge/server';`, /nothing imports an app/],
  ['modules/dispatch/src/a.ts', `import { x } from '@wangge/nothing';`, /no package/],
  ['modules/dispatch/src/a.ts', `import { x } from '@wangge/dispatch';`, /its own files by path/],
  ['modules/incidents/src/contract.ts', `import { x } from '@wangge/dispatch/contract';`, /contracts above/],
  ['modules/incidents/src/contract.ts', `import { x } from '@wangge/areas';`, /contracts above/],
  ['modules/incidents/src/contract.ts', `import { x } from './store.ts';`, /other contracts only/],
  ['modules/incidents/src/contract.ts', `import { readFile } from 'node:fs/promises';`, /zod and contracts/],
  ['modules/incidents/src/workflow.ts', `import { x } from '@wangge/kernel';`, /contracts and geo only/],
  ['modules/incidents/src/workflow.ts', `import { x } from './store.ts';`, /pure/],
  ['modules/incidents/src/rules/a.ts', `import pg from 'pg';`, /pure/],
  ['apps/console/src/a.tsx', `import { x } from '@wangge/incidents';`, /a front end imports/],
  ['apps/console/src/a.tsx', `import { x } from '@wangge/kernel';`, /a front end imports/],
  ['apps/portal/src/a.ts', `import { x } from '@wangge/incidents/contract';`, /import type only/],
];

const allowed: readonly (readonly [string, string])[] = [
  ['packages/texts/src/a.ts', `import type { X } from '@wangge/contract-kit';`],
  ['packages/client/src/a.ts', `import { x } from '@wangge/kernel/contract';`],
  ['modules/dispatch/src/a.ts', `import { x } from '@wangge/incidents';\nimport { y } from '@wangge/kernel';`],
  ['modules/dispatch/src/a.ts', `import { x } from './store.ts';\nimport fs from 'node:fs';`],
  ['modules/dispatch/src/a.ts', `// import { x } from '@wangge/ui';\n/* import '@wangge/ui'; */`],
  ['modules/dispatch/test/a.test.ts', `import { x } from '@wangge/kernel/testkit';`],
  ['modules/incidents/src/contract.ts', `import { z } from 'zod';\nimport { x } from '@wangge/areas/contract';`],
  ['modules/incidents/src/workflow.ts', `import { x } from './contract.ts';\nimport { y } from '@wangge/geo';`],
  ['apps/console/src/a.tsx', `import { x } from '@wangge/incidents/contract';\nimport '@wangge/ui/base.css';`],
  ['apps/portal/src/a.ts', `import type { X } from '@wangge/incidents/contract';`],
  ['apps/server/src/a.ts', `import { x } from '@wangge/dispatch';`],
];

describe('who may import whom', () => {
  it.each(forbidden)('%s may not: %s', (path, text, message) => {
    const found = checkImports(project({ [path]: text }));
    expect(found.map((violation) => violation.message)).toEqual([expect.stringMatching(message)]);
    expect(found[0]?.path).toBe(path);
  });
  it.each(allowed)('%s may: %s', (path, text) => {
    expect(checkImports(project({ [path]: text }))).toEqual([]);
  });
  it('wants a place in the order for every module', () => {
    const stray = { name: '@wangge/stray', folder: 'modules/stray', entries: ['.'], files: [] };
    expect(places(checkOrder({ packages: [stray], others: [] }))).toEqual(['modules/stray/package.json:1']);
  });
  it('tells lines and types of imports', () => {
    expect(importsOf(`/* a\n */ import type { A } from 'a';\nimport { type B } from 'b';\nimport 'c';`)).toEqual([
      { specifier: 'a', line: 2, typeOnly: true },
      { specifier: 'b', line: 3, typeOnly: false },
      { specifier: 'c', line: 4, typeOnly: false },
    ]);
  });
});

describe('who writes which table', () => {
  it.each([
    ['modules/areas/migrations/0001-a.sql', 'create table grids (id int);'],
    ['modules/areas/migrations/0001-a.sql', 'create table if not exists incidents_x (id int);'],
    ['modules/areas/src/store.ts', 'await tx.run(sql`insert into incidents_all (id) values (1)`);'],
    ['modules/areas/src/store.ts', 'await tx.run(sql`update incidents_all i set a = 1`);'],
    ['modules/areas/src/store.ts', 'await tx.run(sql`delete from incidents_all`);'],
    ['modules/areas/src/store.ts', 'client.query(from(`copy incidents_all (a, b) from stdin`));'],
    ['packages/kernel/src/a.ts', 'sql`truncate areas_grids`'],
    ['modules/areas/src/store.ts', 'sql`insert into graphile_worker._private_jobs values (1)`'],
  ])('%s: %s', (path, text) => {
    expect(places(checkTables(project({ [path]: text })))).toEqual([`${path}:1`]);
  });
  it.each([
    ['modules/areas/migrations/0001-a.sql', 'create table areas_grids (id int); -- insert into others'],
    ['modules/areas/src/store.ts', 'sql`select * from incidents_all for update of i`'],
    ['modules/areas/src/store.ts', 'sql`insert into areas_grids values (1) on conflict (id) do update set a = 1`'],
    ['modules/areas/src/store.ts', 'sql`create temp table loaded (a int)`; sql`insert into loaded values (1)`'],
    ['modules/areas/migrations/0001-a.sql', 'create trigger t before truncate on areas_grids'],
    ['packages/kernel/migrations/0001-a.sql', 'insert into graphile_worker._private_jobs values (1)'],
    ['modules/areas/test/a.test.ts', 'sql`insert into incidents_all values (1)`'],
  ])('lets pass %s: %s', (path, text) => {
    expect(checkTables(project({ [path]: text }))).toEqual([]);
  });
});

describe('what may not stand in a file', () => {
  it.each([
    ['modules/areas/test/a.test.ts', 'await new Promise((resolve) => setTimeout(resolve, 50));', 'sleep'],
    ['e2e/report.spec.ts', 'await page.waitForTimeout(100);', 'sleep'],
    ['modules/areas/test/a.test.ts', `it.only('x', () => undefined);`, 'focus'],
    ['modules/areas/test/a.test.ts', 'context.skip();', 'focus'],
    ['modules/areas/src/a.ts', '// @ts-ignore', 'silence'],
    ['modules/areas/src/a.ts', '// TODO: later', 'left-over'],
    ['docs/operations.md', 'see /home/anna/wangge', 'machine-path'],
    ['package-lock.json', '"resolved": "https://example.org/x.tgz"', 'registry'],
  ])('%s: %s', (path, text, rule) => {
    expect(checkTexts(project({ [path]: text })).map((violation) => violation.rule)).toEqual([rule]);
  });
  it('lets ordinary text pass', () => {
    const text = `context.skip('needs root'); fetch('/api/work/1');`;
    expect(checkTexts(project({ 'modules/areas/test/a.test.ts': text }))).toEqual([]);
  });
  it('lists long files', () => {
    const files = { 'modules/areas/src/a.ts': 'x\n'.repeat(301), 'modules/areas/src/b.ts': 'x\n'.repeat(300) };
    expect(longFiles(project(files))).toEqual([{ path: 'modules/areas/src/a.ts', lines: 301 }]);
  });
});
