import type { Polygons } from '@wangge/geo';
import { ImportProblem } from './import-problem.ts';

/** One row of a file, before it has a place in the tree. */
export interface ImportedArea {
  readonly code: string;
  readonly name: string;
  /** Code of the area above; null: found by the place. */
  readonly parentCode: string | null;
  /** The code it had until now, where a new one was given. */
  readonly formerCode: string | null;
  readonly polygons: Polygons;
  readonly population?: number | null;
  readonly households?: number | null;
}

// A slash would end the code within a path; control characters would not show.
// oxlint-disable-next-line no-control-regex -- control characters are exactly what is refused
const code = /^[^/\s\u0000-\u001f\u007f](?:[^/\u0000-\u001f\u007f]{0,58}[^/\s\u0000-\u001f\u007f])?$/u;
// oxlint-disable-next-line no-control-regex -- as above
const name = /^[^\u0000-\u001f\u007f]{1,100}$/u;

/** Throws `ImportProblem` when rows lack a usable code, name or shape, or share a code. */
export function checkImported(areas: readonly ImportedArea[]): void {
  if (areas.length === 0) throw new ImportProblem('empty');
  const refuse = (problem: ImportProblem['problem'], wrong: readonly ImportedArea[]): void => {
    if (wrong.length > 0) throw new ImportProblem(problem, [...new Set(wrong.map((area) => area.code.slice(0, 60)))]);
  };
  refuse(
    'bad-code',
    areas.filter((area) => !code.test(area.code)),
  );
  refuse(
    'bad-name',
    areas.filter((area) => !name.test(area.name)),
  );
  refuse(
    'no-shape',
    areas.filter((area) => area.polygons.length === 0),
  );
  const seen = new Set<string>();
  refuse(
    'duplicate-code',
    areas.filter((area) => seen.size === seen.add(area.code).size),
  );
}
