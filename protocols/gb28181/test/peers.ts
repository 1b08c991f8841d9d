import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';

const sipp = '/usr/bin/sipp';
const needed = process.env['WANGGE_REQUIRE_PEERS'] === '1';

/** Peer tests run when SIPp is there; where peers are required its absence fails them. */
export const sippThere = existsSync(sipp) || needed;
export const sippNote = sippThere ? '' : ' (skipped: SIPp is not installed, Debian package sip-tester)';

/** Runs SIPp to its end. Rejects with its last words when a call failed. */
export function runSipp(args: readonly string[], cwd: string): Promise<string> {
  return new Promise((resolve, reject) => {
    // `-nostdin`: without a terminal SIPp would spin on reading keys.
    execFile(sipp, ['-nostdin', ...args], { cwd, timeout: 60_000 }, (error, stdout, stderr) => {
      if (error) reject(new Error(`sipp: ${error.message}\n${stderr.slice(-1500)}\n${stdout.slice(-1500)}`));
      else resolve(stdout);
    });
  });
}
