/** `cut`: the bytes end too early. `invalid`: a box contradicts itself or the standard. `unsupported`: a valid file
 * that this package does not handle. `mixed`: segments of different formats where one format is needed. `empty`: there
 * is nothing in the range asked for. */
export type Fmp4Problem = 'cut' | 'invalid' | 'unsupported' | 'mixed' | 'empty';

/** Why a file could not be read or joined. */
export class Fmp4Error extends Error {
  override name = 'Fmp4Error';
  readonly problem: Fmp4Problem;

  constructor(problem: Fmp4Problem, message: string) {
    super(message);
    this.problem = problem;
  }
}
