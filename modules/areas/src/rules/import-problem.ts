/** Why an import makes no sense as a tree of areas; `codes` are those at fault. */
export class ImportProblem extends Error {
  readonly problem:
    | 'duplicate-code'
    | 'bad-code'
    | 'bad-name'
    | 'no-shape'
    | 'unknown-parent'
    | 'unknown-former'
    | 'several-roots'
    | 'empty';
  readonly codes: readonly string[];
  constructor(problem: ImportProblem['problem'], codes: readonly string[] = []) {
    super(`${problem}: ${codes.slice(0, 5).join(', ')}`);
    this.name = 'ImportProblem';
    this.problem = problem;
    this.codes = codes;
  }
}
