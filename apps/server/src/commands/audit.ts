/** `wangge audit verify`: the audit trail against its seals and anchors. */
import { verifyAudit } from '@wangge/kernel';
import { say } from '../terminal.ts';
import { type TownOptions, withTown } from './open-town.ts';

/** Exit code 1 when anything does not fit. */
export async function auditVerifyCommand(options: TownOptions & { readonly json?: boolean }): Promise<void> {
  const verdict = await withTown(options, (rt) => verifyAudit(rt));
  if (!verdict.ok) process.exitCode = 1;
  if (options.json === true) return say(JSON.stringify(verdict, null, 2));
  for (const { kind, seq, text } of verdict.findings) say(`${kind}${seq === null ? '' : ` at ${seq}`}: ${text}`);
  say(`${verdict.rows} rows: ${verdict.sealedRows} sealed, ${verdict.unsealedRows} waiting for their seal`);
  say(verdict.ok ? 'The trail is whole.' : `The trail is NOT whole: ${verdict.findings.length} findings`);
}
