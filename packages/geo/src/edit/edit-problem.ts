/** Why borders cannot be changed in the way that was asked for. */
export class EditProblem extends Error {
  readonly problem:
    | 'no-such-corner'
    | 'no-such-border'
    | 'corner-taken'
    | 'outer-border'
    | 'borders-cross'
    | 'corner-needed'
    | 'line-does-not-cut'
    | 'line-unclear'
    | 'not-neighbours';
  constructor(problem: EditProblem['problem']) {
    super(problem);
    this.name = 'EditProblem';
    this.problem = problem;
  }
}
