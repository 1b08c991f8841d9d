/** The part of a backup that is not in the database: photos, the audit's anchors, public keys. */
import { copyFile, mkdir, readdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { codeOf, hashFile, linkOrCopy, syncPath } from './disk.ts';

export interface FilesPart {
  readonly count: number;
  /** Lines of `sha256sum`: hash, two spaces, path in the backup. */
  readonly list: string;
  readonly missing: readonly string[];
}

/** @param wanted keys of the file store as the snapshot knows them; a required one that is absent is reported */
export async function backUpFiles(
  dataDir: string,
  dir: string,
  wanted: readonly { readonly key: string; readonly required: boolean }[],
  onFile: () => void,
): Promise<FilesPart> {
  const lines: string[] = [];
  const missing: string[] = [];
  for (const { key, required } of wanted) {
    const path = `files/${key}`;
    try {
      // Stored photos are never written again, so a second name of the same bytes is as good as a copy.
      await linkOrCopy(join(dataDir, path), join(dir, path));
      lines.push(`${await hashFile(join(dir, path))}  ${path}`);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT') throw error;
      // An upload that nothing claimed may have been swept away since the snapshot.
      if (required) missing.push(key);
    }
    onFile();
  }
  for (const path of await growing(dataDir)) {
    // These grow, so they are copied.
    await mkdir(dirname(join(dir, path)), { recursive: true, mode: 0o700 });
    await copyFile(join(dataDir, path), join(dir, path));
    await syncPath(join(dir, path));
    lines.push(`${await hashFile(join(dir, path))}  ${path}`);
  }
  return { count: lines.length, list: lines.map((line) => `${line}\n`).join(''), missing };
}

/** Anchors of the audit trail, and the public keys that tell whether they are right. */
async function growing(dataDir: string): Promise<string[]> {
  const names = async (folder: string): Promise<string[]> =>
    readdir(join(dataDir, folder)).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') return [];
      throw error;
    });
  const anchors = (await names('audit')).filter((name) => name === 'anchors.log').map((name) => `audit/${name}`);
  const publicKeys = (await names('keys')).filter((name) => name.endsWith('.pub.pem')).map((name) => `keys/${name}`);
  return [...anchors, ...publicKeys];
}
