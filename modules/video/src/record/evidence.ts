/** Checks a copy, on any machine: nothing but the file is needed, and the installation's key to know who signed. */
import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type FileHandle, open } from 'node:fs/promises';
import { keyIdOf } from './export/evidence-key.ts';
import { type Manifest, manifestSchema } from './export/manifest.ts';
import { readAt, type ZipEntry, zipEntries } from './export/read-zip.ts';
import { chainOf } from './chain-rule.ts';

export interface EvidenceVerdict {
  readonly ok: boolean;
  /** In words; empty where nothing is wrong. */
  readonly findings: readonly string[];
  readonly manifest: Manifest | null;
  /** False: the copy was checked against the key that it brings along itself, which proves nothing about who made it. */
  readonly keyKnown: boolean;
}

const maxManifest = 16 << 20;

/**
 * @param publicKeyPem of the installation; without it the copy's own key is taken
 * @throws what opening the file throws
 */
export async function verifyEvidence(path: string, publicKeyPem?: string): Promise<EvidenceVerdict> {
  const keyKnown = publicKeyPem !== undefined;
  const file = await open(path);
  try {
    return { ...(await check(file, publicKeyPem)), keyKnown };
  } catch (error) {
    const finding = `the file cannot be read: ${error instanceof Error ? error.message : String(error)}`;
    return { ok: false, findings: [finding], manifest: null, keyKnown };
  } finally {
    await file.close();
  }
}

async function check(file: FileHandle, publicKeyPem?: string): Promise<Omit<EvidenceVerdict, 'keyKnown'>> {
  const entries = new Map((await zipEntries(file)).map((entry) => [entry.name, entry]));
  const [text, signature] = [entries.get('manifest.json'), entries.get('manifest.sig')];
  if (!text || !signature || text.bytes > maxManifest || signature.bytes > 1000) {
    return { ok: false, findings: ['manifest.json or manifest.sig is missing'], manifest: null };
  }
  const bytes = await readAt(file, text.offset, text.bytes);
  const manifest = manifestSchema.parse(JSON.parse(bytes.toString()));
  const signed = Buffer.from((await readAt(file, signature.offset, signature.bytes)).toString().trim(), 'base64url');
  const findings = [
    ...checkSignature(bytes, signed, manifest, publicKeyPem === undefined ? null : createPublicKey(publicKeyPem)),
    ...(await checkClip(file, entries.get(manifest.clip.file), manifest)),
    ...checkSegments(manifest),
  ];
  return { ok: findings.length === 0, findings, manifest };
}

function checkSignature(bytes: Buffer, signature: Buffer, manifest: Manifest, known: KeyObject | null): string[] {
  const own = createPublicKey(manifest.publicKeyPem);
  if (known && keyIdOf(known) !== keyIdOf(own)) {
    return [`signed with another key: ${keyIdOf(own)} instead of ${keyIdOf(known)}`];
  }
  if (keyIdOf(own) !== manifest.keyId) return ['the number of the key is not that of the key'];
  return verify(null, bytes, known ?? own, signature) ? [] : ['the manifest was altered: its signature does not fit'];
}

async function checkClip(file: FileHandle, entry: ZipEntry | undefined, { clip }: Manifest): Promise<string[]> {
  if (!entry) return [`${clip.file} is missing`];
  const hash = createHash('sha256');
  const piece = 1 << 20;
  for (let at = 0; at < entry.bytes; at += piece) {
    hash.update(await readAt(file, entry.offset + at, Math.min(piece, entry.bytes - at)));
  }
  return hash.digest('hex') === clip.sha256 ? [] : [`${clip.file} was altered: its sum does not fit`];
}

/** Each segment's place in the camera's chain follows from its sum and the place before. */
function checkSegments({ segments }: Manifest): string[] {
  return segments.flatMap((one, i) => {
    const of = { startMs: Date.parse(one.from), endMs: Date.parse(one.to), bytes: one.bytes, sha256: one.sha256 };
    const place = `segment ${i + 1} (${one.from})`;
    if (chainOf(one.prevChain, one.seq, of) !== one.chain) return [`${place} does not fit into its chain`];
    const before = segments[i - 1];
    const torn = before !== undefined && one.seq === before.seq + 1 && one.prevChain !== before.chain;
    return torn ? [`${place} does not follow the one before`] : [];
  });
}
