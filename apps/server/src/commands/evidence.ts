/** `wangge evidence verify`: whether a copy of recordings is as an installation signed it. */
import { readFileSync } from 'node:fs';
import { type EvidenceVerdict, verifyEvidence } from '@wangge/video/evidence';
import { say } from '../terminal.ts';

export interface EvidenceOptions {
  /** File with the public key of the installation (PEM). */
  readonly key?: string;
  readonly json?: boolean;
}

/** Exit code 1 when anything does not fit. */
export async function evidenceVerifyCommand(file: string, { key, json }: EvidenceOptions): Promise<void> {
  const verdict = await verifyEvidence(file, key === undefined ? undefined : readFileSync(key, 'utf8'));
  if (!verdict.ok) process.exitCode = 1;
  if (json === true) return say(JSON.stringify(verdict, null, 2));
  for (const line of linesOf(verdict)) say(line);
}

function linesOf({ ok, findings, manifest, keyKnown }: EvidenceVerdict): string[] {
  const lines = [...findings];
  if (manifest) {
    const { camera, clip, by, reason, keyId, segments } = manifest;
    lines.push(
      `${camera.name}, ${clip.shows.from} to ${clip.shows.to}, of ${segments.length} segments`,
      `for ${by.name} (${by.unit}): ${reason}`,
      `signed with the key ${keyId}`,
    );
    if (!keyKnown) {
      lines.push('The key came with the file: compare its number with /api/video/evidence-key, or give it by --key');
    }
  }
  return [...lines, ok ? 'The copy is whole.' : 'The copy is NOT whole'];
}
