/** Has a copy of a recording checked, as a court's expert would: by the command, with the platform's public key. */
import { spawn } from 'node:child_process';

const program = new URL('../../apps/server/bin/wangge.mjs', import.meta.url).pathname;

/** @returns exit code and what it says of the file */
export function verifyCopy(file: string, keyFile: string): Promise<{ code: number | null; says: string }> {
  return new Promise((done, fail) => {
    const child = spawn(process.execPath, [program, 'evidence', 'verify', file, '--key', keyFile]);
    let says = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (part: Buffer) => (says += part.toString()));
    child.once('error', fail);
    child.once('close', (code) => done({ code, says }));
  });
}
