/** Words on the terminal: the only place of the server that prints. */
export function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}
export function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}
