/** Is this folder a backup, whole and unaltered? Asked before anything is touched. */
import { readFile } from 'node:fs/promises';
import { join, normalize } from 'node:path';
import { codeOf, hashFile } from './disk.ts';
import { BackupError, type Manifest, manifestSchema, type OnProgress } from './manifest.ts';

export interface BackupFile {
  /** Relative to the backup, and to the data folder. */
  readonly path: string;
  readonly sha256: string;
}

/** @throws BackupError naming the first file that is missing or altered */
export async function checkBackup(
  dir: string,
  onProgress: OnProgress,
): Promise<{ manifest: Manifest; files: BackupFile[] }> {
  const manifest = await readManifest(dir);
  const list = await readPart(dir, 'files.sha256');
  if ((await hashFile(join(dir, 'files.sha256'))) !== manifest.files.sha256) throw damaged('files.sha256');
  const files = list
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine);
  if (files.length !== manifest.files.count) throw damaged('files.sha256');
  const parts = [...manifest.tables.map((t) => ({ path: t.file, sha256: t.sha256 })), ...files];
  for (const [n, { path, sha256 }] of parts.entries()) {
    const found = await hashFile(join(dir, path)).catch((error: unknown) => {
      if (codeOf(error) === 'ENOENT') throw new BackupError(`The backup is damaged: ${path} is missing`, error);
      throw error;
    });
    if (found !== sha256) throw damaged(path);
    onProgress({ step: 'checking', done: n + 1, total: parts.length });
  }
  return { manifest, files };
}

async function readManifest(dir: string): Promise<Manifest> {
  const text = await readPart(dir, 'manifest.json');
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new BackupError('The backup is damaged: manifest.json cannot be read', error);
  }
  const format = (json as { format?: unknown } | null)?.format;
  if (typeof format === 'number' && format > 1) {
    throw new BackupError(`The backup has format ${format}, which this version does not know: update Wangge first`);
  }
  const parsed = manifestSchema.safeParse(json);
  if (!parsed.success) throw new BackupError('The backup is damaged: manifest.json is not complete', parsed.error);
  return parsed.data;
}

async function readPart(dir: string, name: string): Promise<string> {
  return readFile(join(dir, name), 'utf8').catch((error: unknown) => {
    if (codeOf(error) !== 'ENOENT') throw error;
    throw new BackupError(`${dir} is not a finished backup: it has no ${name}`, error);
  });
}

function damaged(path: string): BackupError {
  return new BackupError(`The backup is damaged: ${path} is not what was written`);
}

/** A list that was tampered with must not lead out of the data folder. */
function parseLine(line: string): BackupFile {
  const [, sha256, path] = /^([0-9a-f]{64}) {2}((?:files|audit|keys)\/[\w./-]+)$/.exec(line) ?? [];
  if (sha256 === undefined || path === undefined || normalize(path) !== path || path.includes('..')) {
    throw damaged('files.sha256');
  }
  if (path.startsWith('keys/') && !path.endsWith('.pub.pem')) throw damaged('files.sha256');
  return { path, sha256 };
}
