/** Words on the terminal: the only place of the server that prints. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}
export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * Words that nobody can read any more, since the terminal was closed or the pipe broke, are dropped: they
 * must not end the process in the middle of its orderly stop.
 */
export function outliveTerminal(): void {
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
}
