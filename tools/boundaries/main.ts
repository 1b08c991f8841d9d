/** The rules of the house on the whole project: prints what breaks them, and fails when something does. */
import { join } from 'node:path';
import { checkImports, checkOrder } from './may-import.ts';
import { readProject } from './project.ts';
import { checkTables } from './tables.ts';
import { checkTexts, longFiles } from './texts.ts';

const project = readProject(join(import.meta.dirname, '../..'));
const count = project.packages.reduce((sum, pkg) => sum + pkg.files.length, project.others.length);
const violations = [checkImports, checkOrder, checkTables, checkTexts].flatMap((check) => check(project));
for (const { path, line, rule, message } of violations) console.log(`${path}:${line} [${rule}] ${message}`);
for (const { path, lines } of longFiles(project)) console.log(`warning: ${path} has ${lines} lines`);
console.log(`${count} files of ${project.packages.length} packages, ${violations.length} violations`);
// A tree that was read as empty would pass every rule.
process.exitCode = violations.length > 0 || count < 20 ? 1 : 0;
