/** Something that the person at the terminal can mend: printed as one line, without a stack, exit code 1. */
export class Failure extends Error {}

/** The one line for any error: ours as it is, others with what they are. */
export function lineOf(error: unknown): string {
  if (error instanceof Failure) return error.message;
  if (error instanceof Error) return error.name === 'PostgresError' ? error.message : `${error.name}: ${error.message}`;
  return String(error);
}
