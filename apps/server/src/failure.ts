/** Something that the person at the terminal can mend: printed as one line, without a stack, exit code 1. */
export class Failure extends Error {}

/** Errors whose message is that one line already. */
const plainErrors = new Set(['Error', 'Failure', 'PostgresError', 'BackupError', 'FormatError', 'CommanderError']);

/** The one line for any error: ours as it is, others with what they are. */
export function lineOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error instanceof Failure || plainErrors.has(error.name)) return error.message;
  // What does not belong to ours keeps its name: `ENOSPC`, `TypeError`.
  return `${error.name}: ${error.message}`;
}
